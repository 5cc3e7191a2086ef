"""Firms, as far as the tables tell them: sites of one contract or of one name are one firm's."""

import re

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

LEGAL_FORMS = (
    *("bv", "nv", "cv", "vof", "ua", "ba", "wa", "coop", "cooperatie", "cooperatief", "maatschap"),
    *("gmbh", "ag", "kg", "se", "sa", "sas", "sarl", "srl", "spa", "ltd", "limited", "plc", "llp", "inc"),
)
"""Words that say in what form a firm is founded, without their dots."""


def firms_of(sites: pd.DataFrame) -> pd.Series:
    """Number the firms of sites.

    There is no column for the firm, so sites are of one only where they share a grid contract, or a name up to case,
    accents, punctuation and legal form, or where other sites link them so. Two sites of one firm under different names
    and contracts count as two.

    Parameters
    ----------
    sites : DataFrame
        ``site``, ``name``, ``contract``.

    Returns
    -------
    Series
        Number of the firm, by the site's id.
    """
    contracts, _ = pd.factorize(sites["contract"])
    bare = bare_names(sites["name"])
    # A site without a name is known by its contract alone; no bare name begins with a space.
    names, _ = pd.factorize(bare.where(bare != "", " " + sites["contract"]))
    size = len(sites)
    links = coo_array((np.ones(size), (contracts, names + size)), (2 * size, 2 * size))
    _, firms = connected_components(links, directed=False)
    return pd.Series(firms[contracts], index=pd.Index(sites["site"]))


def bare_names(names: pd.Series) -> pd.Series:
    """Names without case, accents, punctuation and legal form; of a name that is nothing else, all of it."""
    plain = names.str.casefold().str.normalize("NFKD").str.replace(r"[\u0300-\u036f.'’]", "", regex=True)
    words = plain.str.replace(r"[\W_]+", " ", regex=True).str.strip()
    forms = rf"\b(?:{'|'.join(map(re.escape, LEGAL_FORMS))}|[bnc] v)\b"
    bare = words.str.replace(forms, " ", regex=True).str.replace(r" +", " ", regex=True).str.strip()
    return bare.where(bare != "", words)

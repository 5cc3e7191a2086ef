"""The page of a benchmark: what it holds, in which order, and what it keeps to itself."""

import json
import re
from html.parser import HTMLParser

import altair as alt
import pandas as pd
import pytest
import yaml
from made_runs import manifest, run

from routeplan.bench.report.csv_files import manifests_of, write_report
from routeplan.bench.report.page import PARTS, benchmark_page
from routeplan.bench.report.results import results_of
from routeplan.errors import UsageError
from routeplan.runs.outcome import Ended

HOSTILE = '</script><script>document.title = "run"</script><img src=x onerror=alert(1)>'


class Page(HTMLParser):
    """Collects what a page would fetch, and its texts, without those of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.tags, self.said, self._inside = [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self._inside = tag
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("src", "href", "srcset", "action")]

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.said.append(data.strip())

    def handle_endtag(self, tag):
        self._inside = ""

    @property
    def text(self):
        return " ".join(filter(None, self.said))


def charts_of(text):
    """The charts, as the browser draws them."""
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, flags=re.DOTALL)
    return json.loads(found[1])["charts"]


def many():
    """Two settings, two seeds and three instances of two sizes, of which one is solved by none."""
    names = {"a-S-0": 1.0, "a-M-0": 10.0, "b-S-0": None}
    runs = [
        run(name, setting, seconds and seconds * factor * (1 + seed), seed=seed)
        for name, seconds in names.items()
        for setting, factor in (("highs-default", 1.0), ("highs-other", 2.0))
        for seed in (0, 1)
    ]
    return runs, {name: manifest(name, 10 * (place + 1)) for place, name in enumerate(names)}


@pytest.fixture(scope="module")
def page():
    """The page of these, made once."""
    runs, manifests = many()
    return benchmark_page(results_of(runs, manifests=manifests))


@pytest.mark.nightly
def test_the_page_fetches_nothing(page):
    """Every address is a place on the page itself, or empty data; the browser is told to refuse others."""
    assert {address for address in Page(page).addresses if not address.startswith("#")} == {"data:,"}
    assert "default-src 'none'" in page


def test_sections_are_in_order_and_in_the_contents(page):
    """Wrong answers first; each section has its address."""
    keys = re.findall(r'<section id="(\w+)">', page)
    assert keys == re.findall(r'<a href="#(\w+)">', page.split("<nav")[1].split("</nav>")[0])
    assert keys[:3] == ["wrong", "failures", "headline"]
    assert len(keys) == len(PARTS)


def test_that_nothing_is_wrong_is_said(page):
    """First of all."""
    assert Page(page).text.split("Wrong answers")[1].startswith(" None: nothing speaks against any of the 12 runs.")


@pytest.mark.nightly
def test_every_chart_has_a_title_and_a_table(page):
    """Solved, profile, gap, scatter, pairs, seeds, a family in two sizes, cells; the schema of Vega-Lite agrees."""
    figures = [part for part in page.split("<figure>")[1:] if 'class="plot"' in part]
    charts = charts_of(page)
    assert len(figures) == len(charts) == 8
    for place, (figure, chart) in enumerate(zip(figures, charts, strict=True)):
        assert f'data-chart="{place}"' in figure
        assert re.search(r"<h3>(.+?)</h3>", figure)[1] == re.search(r'aria-label="(.+?)"', figure)[1]
        assert "<table" in figure.split("</figure>")[0]
        assert chart["description"]
        alt.Chart.from_dict(chart)


def test_a_planted_wrong_answer_comes_before_all_else():
    """With the sentence that says why, above every number."""
    runs, _ = many()
    planted = run("c-S-0", "highs-other", 1.0, wrong="the point violates row R1 by 1")
    text = Page(benchmark_page(results_of([*runs, planted]))).text
    assert text.index("the point violates row R1 by 1") < text.index("What failed")
    assert "1 run of 13 gave a wrong answer, with highs-other." in text


def test_what_may_not_be_published_is_nowhere(tmp_path):
    """Neither in the page nor in the tables, though its point speaks against a run that is shown."""
    secret = run("a-S-0", "zsolve-default", 0.1, solver="zsolve", publishable=False)
    wrong = run(
        "a-S-0", seconds=1.0, wrong="nothing is below 12; the point of zsolve zsolve-default seed 0 on desk has 10"
    )
    alone = run("zz-S-9", "zsolve-default", 0.1, solver="zsolve", publishable=False)
    write_report(results_of([secret, wrong, alone], manifests={"zz-S-9": manifest("zz-S-9", 3)}), tmp_path)
    for file in tmp_path.iterdir():
        assert "zsolve" not in file.read_text(encoding="utf-8")
        assert "zz-S-9" not in file.read_text(encoding="utf-8")
    text = Page((tmp_path / "index.html").read_text(encoding="utf-8")).text
    assert "2 runs of solvers whose licence forbids publishing results are left out" in text
    assert "the point of a run that is not shown has 10" in text


@pytest.mark.nightly
def test_all_is_shown_where_it_is_private():
    """And nothing is said to be left out."""
    runs = [run(seconds=1.0), run(seconds=0.5, setting="zsolve-default", solver="zsolve", publishable=False)]
    text = Page(benchmark_page(results_of(runs, private=True))).text
    assert "zsolve-default" in text
    assert "left out, here" not in text


@pytest.mark.nightly
def test_names_do_no_harm():
    """A name with a script in it is a text, in tables, titles and charts."""
    name = f"{HOSTILE}-S-0"
    runs = [run(name, seconds=1.0), run(name, HOSTILE, 2.0, solver=HOSTILE, options={HOSTILE: HOSTILE}, wrong=HOSTILE)]
    text = benchmark_page(results_of(runs, reasons={HOSTILE: HOSTILE}))
    assert HOSTILE not in text
    assert HOSTILE in Page(text).text
    assert "img" not in Page(text).tags
    assert charts_of(text)


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([run("a-S-0", seconds=1.0), run("a-S-1", seconds=2.0)], "There is one setting"),
        ([run(seconds=1.0), run(seconds=2.0, setting="b")], "1 of 1 instance is solved by every setting"),
        ([run(), run(setting="b")], "No setting solves any instance"),
        ([run(ended=Ended.CRASHED)], "No run is solved within 100 s"),
        ([run(seconds=0.0), run(seconds=0.0, setting="b")], "No setting is known to differ from highs-default by"),
        ([run("a-S-0", seconds=1.0), run("a-S-1", "b", seconds=1.0)], "No other setting was run on an instance of"),
    ],
    ids=["one setting", "one instance", "nothing solved", "a crash alone", "no time at all", "nothing shared"],
)
@pytest.mark.nightly
def test_little_makes_a_page_too(runs, said):
    """Which says what is missing."""
    text = benchmark_page(results_of(runs))
    assert said in Page(text).text
    assert charts_of(text)


@pytest.mark.nightly
def test_tables_beside_the_page_say_the_same(tmp_path):
    """Each number of the headline is that of its file, with the digits that the page shows."""
    runs, manifests = many()
    page = write_report(results_of(runs, manifests=manifests), tmp_path).page
    text = page.read_text(encoding="utf-8")
    names = {"index.html", "summary.csv", "runs.csv", "pairs.csv", "wrong.csv", "instances.csv"}
    assert {file.name for file in tmp_path.iterdir()} == names
    summed = pd.read_csv(tmp_path / "summary.csv")
    assert summed["runs"].sum() == len(pd.read_csv(tmp_path / "runs.csv")) == 12
    for row in summed.itertuples():
        start = f'<th scope="row" class="text">{row.setting}</th><td>{row.instances}</td><td>{row.solved}</td>'
        mean, par10 = re.search(re.escape(start) + r"<td>(.+?)</td><td>(.+?)</td>", text).groups()
        assert float(mean) == pytest.approx(row.mean, rel=0.01)
        assert float(par10) == pytest.approx(row.par10, rel=0.01)


def test_the_commands_name_every_run(page):
    """The suite among them has the instances, seeds, settings and limits of the runs."""
    block = Page(page).text.replace("&#39;", "'").split("cat > suite.yaml")[1]
    suite = yaml.safe_load(re.search(r"'END'\n(.*?)\nEND", block, flags=re.DOTALL)[1])
    assert (suite["seconds"], suite["memory"], suite["seeds"]) == (100.0, 2000, [0, 1])
    assert suite["settings"] == ["highs-default", "highs-other"]
    assert {(each["family"], each["size"], *each["seeds"]) for each in suite["instances"]} == {
        ("a", "S", 0),
        ("a", "M", 0),
        ("b", "S", 0),
    }


def test_a_file_that_is_no_page_stays(tmp_path):
    """Nothing is written beside it either."""
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is no page of routeplan"):
        write_report(results_of([run(seconds=1.0)]), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]


def test_manifests_that_are_gone_are_left_out(tmp_path):
    """The report tells of the instance what the runs do."""
    assert manifests_of([run()], tmp_path) == {}

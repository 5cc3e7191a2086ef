"""The charts of a report as files: which there are, what they hold, and what they do not replace."""

import xml.etree.ElementTree as ET

import pytest
from made_runs import manifest, run

from routeplan.bench.report.chart_files import SIDE, as_svg, chart_files, named_charts
from routeplan.bench.report.csv_files import write_report
from routeplan.bench.report.page import parts_of
from routeplan.bench.report.part import Exhibit, Part
from routeplan.bench.report.results import results_of
from routeplan.errors import UsageError

SVG = "{http://www.w3.org/2000/svg}"


def some():
    """Two settings, two seeds and two families of two sizes."""
    names = {"a-S-0": 1.0, "a-M-0": 10.0, "b-S-0": 2.0, "b-M-0": None}
    runs = [
        run(name, setting, seconds and seconds * factor * (1 + seed), seed=seed)
        for name, seconds in names.items()
        for setting, factor in (("highs-default", 1.0), ("highs-other", 2.0))
        for seed in (0, 1)
    ]
    return results_of(runs, manifests={name: manifest(name, 10 * (place + 1)) for place, name in enumerate(names)})


@pytest.fixture(scope="module")
def parts():
    """The sections of a report of these."""
    return parts_of(some())


def titles(chart):
    """Titles of axes anywhere in a chart."""
    if isinstance(chart, list):
        return {title for part in chart for title in titles(part)}
    if not isinstance(chart, dict):
        return set()
    axis = chart.get("axis") or {}
    return {axis["title"]} - {None} if "title" in axis else titles(list(chart.values()))


def texts(svg):
    """Texts of a picture, which must be XML."""
    return {"".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")}


@pytest.mark.nightly
def test_every_chart_is_a_file_of_each_kind(parts):
    """One for each section that has a chart, and one for each family where it has several, with their axes' titles."""
    files = chart_files(parts, ["svg", "pdf", "svg"])
    names = ["gap", "grid", "pairs", "profile", "scaling-a", "scaling-b", "scatter", "seeds", "solved"]
    assert sorted(files) == sorted(f"{name}.{kind}" for name in names for kind in ("svg", "pdf"))
    for name, chart in named_charts(parts).items():
        wanted = titles(chart)
        assert wanted or name == "grid"  # of which rows and columns are names
        assert wanted <= texts(files[f"{name}.svg"])
        assert files[f"{name}.pdf"].startswith(b"%PDF")
    assert {"highs-default [s]", "highs-other [s]"} <= texts(files["scatter.svg"])


def test_a_square_chart_is_one_in_a_file_too(parts):
    """What is drawn between the axes of times of two settings has equal sides."""
    drawn = ET.fromstring(as_svg(named_charts(parts)["scatter"]))
    assert f"M0,0h{SIDE}v{SIDE}h-{SIDE}Z" in {each.get("d") for each in drawn.iter(f"{SVG}path")}


@pytest.mark.nightly
def test_a_picture_names_no_address(parts):
    """Nothing in it is fetched by whoever shows it."""
    for content in chart_files(parts, ["svg"]).values():
        addresses = {value for each in ET.fromstring(content).iter() for name, value in each.items() if "href" in name}
        assert addresses == set()
        assert b"url(http" not in content


@pytest.mark.nightly
def test_what_has_no_data_has_no_file():
    """Of one setting with one seed there are no pairs, no seeds and no sizes."""
    files = chart_files(parts_of(results_of([run(seconds=1.0)])), ["svg"])
    assert sorted(files) == ["gap.svg", "grid.svg", "profile.svg", "solved.svg"]


def test_names_of_files_are_told_apart():
    """On systems too that do not tell capitals from small letters, or take no slash."""
    chart = {"mark": "point"}
    parts = [Part("sizes", "", "", exhibits=[Exhibit("", chart=chart, key=key) for key in ("A/b", "a b", "../c")])]
    assert list(named_charts(parts)) == ["sizes-a-b", "sizes-a-b.2", "sizes-c"]


@pytest.mark.nightly
def test_names_in_charts_are_texts():
    """A name with a tag in it does no harm in a file either."""
    name = "<script>alert(1)</script>&"
    files = chart_files(parts_of(results_of([run(seconds=1.0), run(seconds=2.0, setting=name)])), ["svg"])
    assert any(name in texts(content) for content in files.values())
    assert all(b"<script" not in content for content in files.values())


@pytest.mark.nightly
def test_charts_are_written_anew_and_others_stay(tmp_path):
    """Those of an earlier report that this one has not are told, and so is what is somebody else's."""
    first = write_report(some(), tmp_path, charts=["svg"])
    (tmp_path / "charts" / "mine.svg").write_text("mine", encoding="utf-8")
    (tmp_path / "charts" / "gap.svg").write_text("old", encoding="utf-8")
    second = write_report(results_of([run(seconds=1.0)]), tmp_path, charts=["svg"])
    assert (len(first.charts), first.others) == (9, [])
    assert {file.stem for file in second.charts} == {"gap", "grid", "profile", "solved"}
    assert [file.stem for file in second.others] == ["mine", "pairs", "scaling-a", "scaling-b", "scatter", "seeds"]
    assert (tmp_path / "charts" / "mine.svg").read_text(encoding="utf-8") == "mine"
    assert ET.parse(tmp_path / "charts" / "gap.svg").getroot().tag == f"{SVG}svg"


@pytest.mark.nightly
def test_no_charts_are_written_unless_they_are_asked_for(tmp_path):
    """Page and tables alone."""
    assert write_report(results_of([run(seconds=1.0)]), tmp_path).charts == []
    assert not (tmp_path / "charts").exists()


def test_a_kind_that_there_is_not_is_refused(tmp_path):
    """Before anything is written, with those that there are."""
    with pytest.raises(UsageError, match="no kind of chart is called 'png'; allowed: svg, pdf"):
        write_report(results_of([run(seconds=1.0)]), tmp_path / "report", charts=["svg", "png"])
    assert not (tmp_path / "report").exists()


def test_a_file_in_the_place_of_the_charts_stays(tmp_path):
    """Nothing is written beside it either."""
    (tmp_path / "charts").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="charts is a file; allowed: a folder, or a new name"):
        write_report(results_of([run(seconds=1.0)]), tmp_path, charts=["svg"])
    assert [file.name for file in tmp_path.iterdir()] == ["charts"]

"""What do coded rows mean in our codes? Blank is unknown, not no; what cannot be read is named."""

from datetime import date

import pytest

from astra.kernel.partial_dates import PartialDate
from astra.sites.exchange import standards
from astra.sites.exchange.cells import Built
from astra.sites.exchange.coded_rows import CodedBuilder, rebuild
from astra.sites.exchange.mapping import ColumnMapping
from astra.sites.exchange.standards import CTDC, CTDC_2020, HTCDS
from astra.sites.exchange.tables import Row


def build(standard: str, /, **cells: str) -> Built:
    """Read one row of a standard's table."""
    return build_by(ColumnMapping("people", standard, {name: name for name in cells}), **cells)


def build_by(mapping: ColumnMapping, /, **cells: str) -> Built:
    """Read one row by a mapping."""
    return CodedBuilder(mapping).build(Row(2, cells))


def problems(built: Built) -> dict[str, str]:
    return {problem.field: problem.message % problem.parts for problem in built.problems}


def test_a_row_of_the_synthetic_dataset() -> None:
    built = build(
        CTDC,
        yearOfRegistration="2019",
        gender="Woman",
        ageBroad="18--20",
        citizenship="SRB",
        CountryOfExploitation="DEU",
        isForcedLabour="1",
        isSexualExploit="",
        isOtherExploit="0",
        typeOfLabourConstruction="1",
        meansThreats="1",
    )
    assert built.problems == []
    assert built.person is not None
    assert built.case is not None
    identity = built.person.identity
    assert (identity.gender, identity.sex, identity.citizenships) == ("woman", "female", ("RS",))
    assert identity.birth is not None
    age = identity.birth.age_on(date(2019, 7, 1))
    assert (age.least, age.most, identity.birth.is_estimated) == (18, 20, True)
    assert built.person.registered_on == date(2019, 7, 1)
    case = built.case
    assert (case.forms, case.countries, case.ground, case.is_imported) == (
        ("forced_labour",),
        ("DE",),
        "to_review",
        True,
    )
    assert case.story.splitlines() == ["Means: Threats (not told apart)", "Labour: Construction"]


def test_blank_and_minus_99_are_unknown_and_not_no() -> None:
    built = build(CTDC_2020, isForcedLabour="-99", isSexualExploit="", gender="-99", ageBroad="-99", citizenship="-99")
    assert built.problems == []
    assert built.case is not None
    assert built.person is not None
    assert (built.case.forms, built.person.identity.gender, built.person.identity.citizenships) == ((), "", ())
    assert dict(built.person.identity.imported)["gender"] == "-99"


@pytest.mark.parametrize("cell", ["1", "1.0", "TRUE", "yes"])
def test_a_flag_is_read_as_programs_write_it(cell: str) -> None:
    built = build(CTDC, isForcedLabour=cell, isSexualExploit="0", yearOfRegistration="2019.0")
    assert built.case is not None
    assert (built.problems, built.case.forms, built.case.opened_on) == ([], ("forced_labour",), date(2019, 7, 1))


def test_finer_forms_take_the_place_of_general_ones() -> None:
    begging = {"isForcedLabour": "1", "typeOfLabourBegging": "1"}
    assert _forms(build(CTDC_2020, **begging)) == {"forced_begging"}
    assert _forms(build(CTDC_2020, **begging, typeOfLabourConstruction="1")) == {"forced_labour", "forced_begging"}
    paid = build(CTDC, isSexualExploit="1", typeOfSexProstitution="1")
    assert _forms(paid) == {"sexual_prostitution"}
    both = build(
        HTCDS, vic_TypeOfExploitation="SexualExploitation;Forced labour", vic_TypeOfSexExploitation="Pornography"
    )
    assert _forms(both) == {"sexual_pornography", "forced_labour"}


def _forms(built: Built) -> set[str]:
    assert built.case is not None
    return set(built.case.forms)


def test_a_row_of_htcds_becomes_a_person_and_a_file() -> None:
    built = build(
        HTCDS,
        prs_FirstName="Ana",
        prs_MiddleName="Lea",
        prs_SecondName="Invented",
        prs_Birthdate="1999-04-03",
        prs_Gender="Transgender Feminine",
        prs_Citizenship="SRB;BIH",
        prs_PrimaryLanguage="srp",
        prs_SecondaryLanguage="rom",
        prs_MobilePhone="060 1",
        prs_MailingStreet="Mill Road 1",
        prs_MailingCity="Nowhere",
        prs_IdentityNumber="A1",
        prs_Deceased="1",
        vic_MethodsOfControl="Debt bondage;PhysicalThreats",
        vic_DetailsOfVulnerabilities="Alone in the country.",
        cas_Status="Closed",
        cas_IncomingReferralDate="2019-03-04",
        hte_Country="Italy",
        hte_Type="Transit",
    )
    assert built.problems == []
    person, case = built.person, built.case
    assert person is not None
    assert case is not None
    identity = person.identity
    assert (identity.names[0].given, identity.names[0].family) == ("Ana Lea", "Invented")
    assert (identity.gender, identity.sex) == ("trans_woman", "")
    assert (identity.citizenships, identity.languages) == (("RS", "BA"), ("sr", "rom"))
    assert identity.birth == PartialDate.on(date(1999, 4, 3))
    assert [(number.kind, number.number) for number in identity.numbers] == [("identity_number", "A1")]
    assert [entry.value for entry in person.details.entries] == ["060 1", "Mill Road 1, Nowhere"]
    assert person.stay is not None
    assert person.stay.kind == "died"
    assert (case.state, case.opened_on, case.closed_on) == ("closed", date(2019, 3, 4), date(2019, 3, 4))
    assert case.countries == (), "a country of transit is not one of exploitation"
    assert "Methods of Control: Debt bondage, Physical threats" in case.story
    assert "Alone in the country." in case.story
    assert "060 1" not in case.story


def test_somebody_with_a_role_in_the_process_is_no_client() -> None:
    assert build(HTCDS, prs_FirstName="X", per_RoleInProcess="Transporter", cas_Status="").role == "reported_person"
    both = build(HTCDS, per_RoleInProcess="Transporter", vic_MethodsOfControl="DebtBondage")
    assert both.role == "client"


def test_a_table_of_persons_alone_opens_no_files() -> None:
    built = build(HTCDS, prs_FirstName="Ana", prs_Gender="Feminine", prs_Email="a@example.org", con_Consent="1")
    assert built.person is not None
    assert built.case is None


@pytest.mark.parametrize(
    ("standard", "column", "cell", "allowed"),
    [
        (HTCDS, "prs_Gender", "Purple", "Feminine"),
        (HTCDS, "vic_MethodsOfControl", "DebtBondage;Magic", "DebtBondage"),
        (HTCDS, "prs_Birthdate", "nikad", "1998."),
        (HTCDS, "cas_IncomingReferralDate", "mart 2019", "31.12.2025."),
        (HTCDS, "prs_NumberOfChildren", "dvoje", "0–999"),
        (HTCDS, "prs_Deceased", "možda", "true"),
        (HTCDS, "hte_Latitude", "sever", "44.8178"),
        (HTCDS, "prs_Citizenship", "SRB;Nigdina", "SRB"),
        (CTDC, "yearOfRegistration", "1889", "1990–"),
        (CTDC, "yearOfRegistration", "prošle", "1990–"),
        (CTDC, "isForcedLabour", "2", "1, 0, blank, -99"),
        (CTDC, "ageBroad", "stara", "18--20"),
        (CTDC_2020, "majorityStatus", "Child", "Minor"),
        (CTDC_2020, "CountryOfExploitation", "Nigdina", ""),
    ],
)
def test_what_is_not_in_the_standard_is_named_with_what_would_be(
    standard: str, column: str, cell: str, allowed: str
) -> None:
    built = build(standard, **{column: cell})
    (problem,) = built.problems
    assert problem.field == column
    assert allowed in problem.allowed


def test_renamed_columns_numbers_and_own_words_of_a_mapping() -> None:
    mapping = ColumnMapping(
        "people",
        HTCDS,
        {"Rod": "prs_Gender", "Broj": "number", "Boja": ""},
        {"prs_Gender": {"Ona": "Feminine", "Nezna se": ""}},
    )
    built = build_by(mapping, Rod="ona", Broj="7/19", Boja="red")
    assert built.problems == []
    assert built.person is not None
    assert (built.number, built.person.identity.gender) == ("7/19", "woman")
    assert ("old_number", "7/19") in [(number.kind, number.number) for number in built.person.identity.numbers]
    assert build_by(mapping, Rod="nezna se", Broj="", Boja="").problems == []
    assert "Rod" in problems(build_by(mapping, Rod="plavo", Broj="", Boja=""))


def test_an_imported_row_is_read_once_more_from_its_cells() -> None:
    built = build(CTDC, gender="Woman", ageBroad="9--17", yearOfRegistration="2019", isForcedLabour="1")
    assert built.person is not None
    again = rebuild(built.person.identity.imported)
    assert again is not None
    assert again.standard == CTDC
    assert again.known.identity == built.person.identity
    assert (again.known.age_band, again.known.file.forms) == ("9_17", ("forced_labour",))
    assert rebuild(()) is None
    assert rebuild((("Beleška", "nešto"),)) is None
    assert rebuild((("standard", "other"),)) is None


def test_every_column_that_has_codes_knows_its_fact() -> None:
    for standard in standards.TITLES:
        for column in standards.columns_of(standard).values():
            assert bool(column.fact) == bool(column.code_list), column

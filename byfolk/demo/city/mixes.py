"""Who works where: the occupations of a sort of unit (keys of `roles.csv`) and how common each is there."""

from __future__ import annotations

Mix = tuple[tuple[str, float], ...]


def _mix(text: str) -> Mix:
    return tuple((role, float(weight)) for role, weight in (part.split(":") for part in text.split()))


MIXES: dict[str, Mix] = {
    "office": _mix(
        "adviser:34 senior_adviser:12 case_handler:16 clerk:12 hr_adviser:6 controller:8 communication_adviser:4 "
        "lawyer:4 archivist:4"
    ),
    "staff": _mix(
        "adviser:24 senior_adviser:8 hr_adviser:20 controller:18 clerk:14 payroll_officer:4 lawyer:5 "
        "communication_adviser:4 archivist:3"
    ),
    "school_office": _mix("clerk:60 caretaker:25 adviser:15"),
    "school": _mix("teacher:72 special_teacher:7 school_assistant:9 child_worker:7 social_educator:5"),
    "after_school": _mix("after_school_assistant:62 child_worker:34 school_assistant:4"),
    "upper_school": _mix(
        "senior_teacher:55 vocational_teacher:28 special_teacher:5 social_educator:7 school_assistant:5"
    ),
    "college": _mix("vocational_teacher:52 senior_teacher:16 adviser:24 clerk:8"),
    "guidance": _mix("special_teacher:58 psychologist:18 adviser:16 social_consultant:8"),
    "kindergarten": _mix(
        "kindergarten_teacher:20 kindergarten_lead:19 kindergarten_assistant:40 child_worker:19 special_teacher:2"
    ),
    "ward": _mix("nurse:27 health_worker:42 care_assistant:24 learning_disability_nurse:3 specialist_nurse:4"),
    "night": _mix("nurse:32 health_worker:56 care_assistant:12"),
    "kitchen": _mix("cook:30 kitchen_assistant:44 cleaner:22 caretaker:4"),
    "home_care": _mix(
        "nurse:27 health_worker:39 care_assistant:17 home_helper:12 specialist_nurse:3 occupational_therapist:2"
    ),
    "clinic": _mix("doctor:22 nurse:34 specialist_nurse:16 medical_secretary:20 health_worker:8"),
    "rehabilitation": _mix(
        "physiotherapist:24 occupational_therapist:20 nurse:20 health_worker:24 social_educator:8 medical_secretary:4"
    ),
    "health_station": _mix(
        "public_health_nurse:58 midwife:10 physiotherapist:8 medical_secretary:10 doctor:5 psychologist:9"
    ),
    "therapy": _mix("physiotherapist:46 occupational_therapist:44 health_worker:10"),
    "mental_health": _mix("social_educator:40 specialist_nurse:28 psychologist:10 social_worker_assistant:22"),
    "housing": _mix(
        "learning_disability_nurse:20 social_educator:18 health_worker:24 social_worker_assistant:20 care_assistant:18"
    ),
    "social": _mix("social_consultant:40 benefit_adviser:44 case_handler:16"),
    "child_welfare": _mix("child_welfare_consultant:66 social_consultant:16 lawyer:4 case_handler:14"),
    "child_home": _mix("child_welfare_consultant:24 social_educator:40 social_worker_assistant:36"),
    "youth": _mix("social_worker_assistant:52 social_educator:30 sports_worker:18"),
    "planning": _mix(
        "senior_engineer:26 engineer:14 planner:22 architect:14 landscape_architect:5 surveyor:7 case_handler:12"
    ),
    "water": _mix("engineer:30 senior_engineer:26 plumber:30 machine_operator:8 adviser:6"),
    "water_office": _mix("engineer:60 senior_engineer:40"),
    "roads": _mix("engineer:16 senior_engineer:14 machine_operator:20 gardener:18 handyman:20 driver:12"),
    "lights": _mix("electrician:60 engineer:20 handyman:20"),
    "waste": _mix("waste_worker:46 driver:30 handyman:14 adviser:10"),
    "fire": _mix("firefighter:82 chimney_sweep:8 engineer:10"),
    "harbour": _mix("handyman:34 engineer:22 senior_engineer:14 adviser:20 machine_operator:10"),
    "parking": _mix("warden:70 case_handler:30"),
    "cemetery": _mix("gardener:56 handyman:26 machine_operator:10 clerk:8"),
    "buildings": _mix("caretaker:34 cleaner:44 carpenter:7 electrician:7 engineer:8"),
    "property": _mix("case_handler:30 caretaker:26 engineer:14 adviser:30"),
    "warehouse": _mix("driver:34 handyman:40 occupational_therapist:14 clerk:12"),
    "library": _mix("librarian:54 library_assistant:38 adviser:8"),
    "museum": _mix("conservator:44 culture_adviser:32 library_assistant:24"),
    "music_school": _mix("music_teacher:90 clerk:10"),
    "sports": _mix("sports_worker:44 caretaker:38 culture_adviser:10 handyman:8"),
    "stage": _mix("stage_technician:46 culture_adviser:34 service_agent:20"),
    "it": _mix("developer:30 system_analyst:20 it_technician:26 it_support:16 adviser:8"),
    "finance": _mix("payroll_officer:40 accountant:46 controller:14"),
    "legal": _mix("lawyer:86 clerk:14"),
    "audit": _mix("auditor:84 adviser:16"),
    "service": _mix("service_agent:78 adviser:22"),
    "communication": _mix("communication_adviser:80 adviser:20"),
    "archive": _mix("archivist:78 clerk:22"),
    "internal": _mix("service_agent:36 cleaner:26 caretaker:18 kitchen_assistant:12 clerk:8"),
}

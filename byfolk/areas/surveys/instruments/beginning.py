"""Beginning an instrument: with nothing, with a copy, or with what a file says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.areas.surveys.instruments.forms import make_code
from byfolk.areas.surveys.instruments.words import (
    LANGUAGE_NAMES,
    actor_of,
    address,
    crumbs,
    find_version,
    here,
    lacking_sentence,
    may_build,
    size_sentence,
    url,
)
from byfolk.engines.questionnaires.instruments import editing, queries
from byfolk.engines.questionnaires.instruments.checking import LONGEST_TEXT
from byfolk.engines.questionnaires.instruments.content import LANGUAGES, Content, Texts
from byfolk.engines.questionnaires.instruments.editing import ChangedMeanwhile, InstrumentRefused
from byfolk.engines.questionnaires.instruments.located import LARGEST, Fault, NotAnInstrument
from byfolk.engines.questionnaires.instruments.models import InstrumentKind, InstrumentVersion, State
from byfolk.engines.questionnaires.instruments.reading import InstrumentFile, read
from byfolk.engines.questionnaires.instruments.writing import digest
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor, Held
from byfolk.kernel.time import now
from byfolk.lib.texts import one_line

#: So many codes are tried where others, that the writer may not see, have taken them.
TRIES = 20


class BeginForm(forms.Form):
    """What a new instrument is called, what it is about, and whose it is."""

    def __init__(self, *args: Any, units: list[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Hva heter skjemaet? (%(language)s)") % {"language": LANGUAGE_NAMES[code]},
                required=code == "nb", max_length=LONGEST_TEXT["title"],
                error_messages={"required": _("Skriv hva det heter på bokmål")},
            )  # fmt: skip
        self.fields["kind"] = forms.ChoiceField(label=_("Hva handler det om?"), choices=InstrumentKind.choices)
        add_owner(self, units)

    @property
    def title(self) -> Texts:
        """The title as it was written."""
        return Texts(*(one_line(self.cleaned_data[f"title_{code}"]) for code in LANGUAGES))

    def clean_title_nb(self) -> str:
        text = one_line(self.cleaned_data["title_nb"])
        if not text:
            raise forms.ValidationError(_("Skriv hva det heter på bokmål"))
        return text


class FileForm(forms.Form):
    """A file with an instrument, and whose it becomes if it is new."""

    file = forms.FileField(
        label=gettext_lazy("Hvilken fil?"),
        help_text=gettext_lazy("YAML, slik den lastes ned herfra. Høyst 500 kB."),
        error_messages={"required": gettext_lazy("Velg filen"), "empty": gettext_lazy("Filen er tom.")},
    )

    def __init__(self, *args: Any, units: list[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_owner(self, units)


def add_owner(form: forms.Form, units: list[Held]) -> None:
    """Ask which unit owns an instrument; whoever builds for one unit only is not asked."""
    choices = [(str(held.unit_id), held.unit_name) for held in units]
    form.fields["unit"] = forms.ChoiceField(label=_("Hvem skal eie det?"), choices=choices)
    if len(choices) == 1:
        form.fields["unit"].widget = forms.HiddenInput()
        form.fields["unit"].initial = choices[0][0]


@door("instruments.build")
def new(request: HttpRequest) -> HttpResponse:
    """Begin an instrument that asks nothing yet."""
    actor = actor_of(request)
    form = BeginForm(request.POST or None, units=queries.builds_for(actor))
    if request.method == "POST" and form.is_valid():
        return _made(actor, form, Content(form.title))
    return _begin_page(request, form, _("Nytt spørreskjema"), crumbs(None, {"label": _("Nytt spørreskjema")}))


@door("instruments.build")
def copy(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Begin an instrument of one's own that asks the same as another."""
    actor = actor_of(request)
    source = find_version(actor, code, number)
    content = source.parsed
    said = {f"title_{one}": content.title.written(one) for one in LANGUAGES}
    initial = said | {"title_nb": _("%(title)s, kopi") % {"title": content.title.nb}, "kind": source.instrument.kind}
    form = BeginForm(request.POST or None, units=queries.builds_for(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        return _made(actor, form, Content(form.title, content.intro, content.scales, content.sections, content.factors))
    return _begin_page(request, form, _("Lag en kopi"), crumbs(source, {"label": _("Lag en kopi")}))


def _begin_page(
    request: HttpRequest, form: forms.Form, title: str, way: list[dict[str, str]], faults: list[Fault] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "crumbs": way,
        "faults": [{"field_id": "id_file", "message": told(fault)} for fault in faults or ()],
        "is_file": isinstance(form, FileForm),
        "back_url": url("instruments"),
    }
    return render(request, "surveys/instruments/begin.html", context)


def _made(actor: Actor, form: BeginForm, content: Content) -> HttpResponse:
    unit = Unit.objects.get(pk=form.cleaned_data["unit"])
    version = _create(actor, form.cleaned_data["kind"], unit, content)
    return HttpResponseRedirect(address(version, gjort="laget"))


def _create(actor: Actor, kind: str, unit: Unit, content: Content) -> InstrumentVersion:
    taken = {one.instrument.code for one in queries.versions(actor)}
    for _try in range(TRIES):
        code = make_code(content.title.nb, taken)
        try:
            made: InstrumentVersion = editing.create_instrument(
                actor=actor, code=code, kind=kind, unit=unit, content=content, now=now()
            )
        except InstrumentRefused as refused:
            if refused.broken:
                raise
            taken.add(code)
        else:
            return made
    raise InstrumentRefused("no code is free")


@door("instruments.build")
def bring(request: HttpRequest) -> HttpResponse:
    """Read a file, and show what would come of it. What is wrong is told line by line, and nothing is made."""
    actor = actor_of(request)
    units = queries.builds_for(actor)
    form = FileForm(request.POST or None, request.FILES or None, units=units)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            found = read(content, kinds=InstrumentKind.values)
        except NotAnInstrument as wrong:
            faults = wrong.faults
        else:
            return _coming(request, actor, found, content, form.cleaned_data["unit"])
    title = _("Les inn fra fil")
    return _begin_page(request, form, title, crumbs(None, {"label": title}), faults)


def _coming(request: HttpRequest, actor: Actor, found: InstrumentFile, content: bytes, unit: str) -> HttpResponse:
    """The page that shows what a file would become."""
    context = _would_be(actor, found) | {
        "file": content.decode("utf-8-sig"),
        "unit": unit,
        "title": here(found.content.title),
        "lead": size_sentence(found.content),
        "lacking": lacking_sentence(found.content),
        "sections": [
            {"title": here(one.title), "items": [here(item.text) for item in one.items]}
            for one in found.content.sections
        ],
        "factors": [here(factor.title) for factor in found.content.factors],
        "crumbs": crumbs(None, {"label": _("Les inn fra fil"), "url": url("instrument_bring")}, {"label": found.code}),
        "back_url": url("instrument_bring"),
    }
    return render(request, "surveys/instruments/coming.html", context)


def _would_be(actor: Actor, found: InstrumentFile) -> dict[str, Any]:
    """What a file would do: a new instrument, the next draft of one, or another content for its draft."""
    versions = queries.versions_of(actor, found.code)
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    like = next((one for one in versions if one.digest == digest(found.content)), None)
    if like is not None:
        text = _("Filen sier det samme som versjon %(number)d. Det er ingenting å lese inn.")
        return {"what": text % {"number": like.number}, "button": ""}
    if versions and not may_build(actor, versions[0]):
        text = _("Koden «%(code)s» er i bruk på et skjema som du ikke kan endre. Gi skjemaet en annen kode i filen.")
        return {"what": text % {"code": found.code}, "button": ""}
    if draft is not None:
        text = _("Utkastet til versjon %(number)d blir byttet ut med det som står i filen.")
        return {"what": text % {"number": draft.number}, "button": _("Bytt ut utkastet"), "edition": draft.edition}
    if versions:
        text = _("Det blir et utkast til versjon %(number)d. Den som er i bruk, blir som den er.")
        return {"what": text % {"number": versions[0].number + 1}, "button": _("Lag utkastet")}
    return {"what": _("Det blir et nytt skjema, som et utkast."), "button": _("Lag skjemaet")}


@door("instruments.build")
def take_in(request: HttpRequest) -> HttpResponse:
    """Make what the page before showed. The file is read again: what comes from a form is never trusted."""
    actor = actor_of(request)
    form = FileForm(units=queries.builds_for(actor))
    title = _("Les inn fra fil")
    way = crumbs(None, {"label": title})
    content = request.POST.get("content", "").encode("utf-8", "replace")
    if request.method != "POST" or not content:
        return HttpResponseRedirect(url("instrument_bring"))
    try:
        found = read(content, kinds=InstrumentKind.values)
        version = _take_in(actor, found, request.POST.get("unit", ""), request.POST.get("edition", ""))
    except NotAnInstrument as wrong:
        return _begin_page(request, form, title, way, wrong.faults)
    except ChangedMeanwhile:
        return _coming(request, actor, found, content, request.POST.get("unit", ""))
    except (InstrumentRefused, PermissionError):
        text = _("Koden «%(code)s» er i bruk på et skjema som du ikke kan endre. Gi skjemaet en annen kode i filen.")
        return _begin_page(request, form, title, way, [Fault(1, "code", text % {"code": found.code})])
    return HttpResponseRedirect(address(version, gjort="lest"))


def _take_in(actor: Actor, found: InstrumentFile, unit: str, edition: str) -> InstrumentVersion:
    versions = queries.versions_of(actor, found.code)
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    made: InstrumentVersion
    if draft is not None:
        saw = int(edition) if edition.isascii() and edition.isdecimal() and len(edition) < 9 else 0
        made = editing.replace_instrument(actor=actor, version=draft, edition=saw, content=found.content, now=now())
    elif versions:
        made = editing.start_version(actor=actor, instrument=versions[0].instrument, content=found.content, now=now())
    else:
        owner = next((held.unit_id for held in queries.builds_for(actor) if str(held.unit_id) == unit), None)
        if owner is None:
            raise PermissionError("one builds for the units of one's role")
        made = editing.create_instrument(
            actor=actor, code=found.code, kind=found.kind, unit=Unit.objects.get(pk=owner), content=found.content,
            now=now(),
        )  # fmt: skip
    return made


def told(fault: Fault) -> str:
    """A fault as it stands in the list of them."""
    if fault.field:
        return _("Linje %(line)d, %(field)s: %(reason)s") % {
            "line": fault.line, "field": fault.field, "reason": fault.reason,
        }  # fmt: skip
    return _("Linje %(line)d: %(reason)s") % {"line": fault.line, "reason": fault.reason}

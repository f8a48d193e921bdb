"""他单位的件: who has no part in a paper cannot tell that it exists, by whatever address; the 三员 neither."""

import re

import pytest
from django.urls import get_resolver, reverse

from zhongshu.documents.tests.pages import sheet
from zhongshu.flow.views.verbs import ON_MATTER, ON_TASK

UNKNOWN = "A" * 22


def addresses(public_id, opinion_pk, task_pk):
    """Return every address of this room and of the engine that names a paper."""
    known = {"pk": opinion_pk, "act": "review", "box": "instruction", "public_id": public_id}
    found = []
    for pattern in documents_patterns():
        names = list(pattern.pattern.converters)
        if "public_id" in names and pattern.pattern._route.startswith("incoming/"):
            found.append(reverse(f"documents:{pattern.name}", kwargs={name: known[name] for name in names}))
    found += [
        reverse("documents:incoming_act", args=[public_id, act]) for act in ("assign", "late", "nonsense")
    ]
    found += [reverse("flow:task_verb", args=[public_id, task_pk, verb]) for verb in ON_TASK]
    found += [reverse("flow:matter_verb", args=[public_id, verb]) for verb in ON_MATTER]
    return found


def documents_patterns():
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "app_name", "") == "documents":
            return resolver.url_patterns
    raise AssertionError("the room has no addresses")


@pytest.mark.parametrize("who", ["outsider", "liaison", "sys_admin", "sec_admin", "audit_admin"])
def test_every_address_answers_as_if_there_were_no_such_paper(client, office, carrier, who):
    incoming = carrier.instructing([office.county_head])
    opinion, task = incoming.opinions.first(), incoming.matter.tasks.order_by("-pk").first()
    person = office.depts[3].liaison if who == "liaison" else getattr(office, who)
    client.force_login(person)
    wrong = []
    for url in addresses(incoming.matter.public_id, opinion.pk, task.pk):
        for send in (client.get, client.post):
            response = send(url)
            if response.status_code not in (404, 405):
                wrong.append((send.__name__, url, response.status_code))
    assert wrong == []


def test_the_answer_is_the_same_as_for_a_paper_that_never_was(client, office, carrier):
    incoming = carrier.instructing([office.county_head], title="不便外传的事项")
    client.force_login(office.outsider)
    there, not_there = client.get(sheet(incoming)), client.get(f"/incoming/{UNKNOWN}/")
    assert there.status_code == not_there.status_code == 404
    assert "不便外传" not in there.text

    def plain(text):
        tokens = r'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"'
        return re.sub(tokens, "", text.replace(incoming.matter.public_id, UNKNOWN))

    assert plain(there.text) == plain(not_there.text)


def test_who_sees_it_but_may_not_is_told_so(client, office, carrier):
    incoming = carrier.handling(1)
    client.force_login(office.depts[0].liaison)
    for name in ("incoming_correct", "incoming_record"):
        assert client.get(reverse(f"documents:{name}", args=[incoming.matter.public_id])).status_code == 403

"""The property drawer of a block, and the small forms around it."""

from typing import Any, ClassVar

from django import forms

from zhongshu.base import deadlines
from zhongshu.flow import hooks
from zhongshu.flow.lint import MODES, VERBS
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.wording import (
    PERSONS,
    PORTFOLIOS,
    condition_text,
    outcomes_text,
    read_condition,
    read_outcomes,
)
from zhongshu.people.models import Role, RoleKind
from zhongshu.ui.forms import OfficeForm

Choices = list[tuple[str, str]]
WHO_FORMS: Choices = [
    ("role", "某个角色（任一人签收）"),
    ("role_all", "某个角色（每人一件）"),
    ("var", "上一步选定的人或单位"),
    ("person_of", "办过前面环节的人"),
    ("portfolio", "按领导分工"),
    ("room", "业务规则"),
    ("head", "本单位主要负责人"),
]
NONE: Choices = [("", "—")]


class NameForm(OfficeForm):
    """A name alone: parallel blocks."""

    GROUPS: ClassVar[list[tuple[str, tuple[str, ...]]]] = []

    name = forms.CharField(label="名称", max_length=60)
    phase = forms.ChoiceField(label="阶段", required=False)

    def __init__(self, *args: Any, definition: FlowDefinition, block: dict[str, Any], **kwargs: Any) -> None:
        self.definition, self.block = definition, block
        self.room = hooks.procedure(definition.key)
        kwargs.setdefault("initial", self.initial_of(block))
        super().__init__(*args, **kwargs)
        self.choice("phase").choices = [*NONE, *self.room.phases.items()]
        if block.get("phase") and block["phase"] not in self.room.phases:
            self.choice("phase").choices = [
                *NONE,
                *self.room.phases.items(),
                (block["phase"], block["phase"]),
            ]

    def choice(self, name: str) -> Any:
        return self.fields[name]

    def initial_of(self, block: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in block.items() if key in self.base_fields}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields as the drawer shows them: under headings, the rarer ones folded away."""
        named = [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.GROUPS
        ]
        known = {name for _, names in self.GROUPS for name in names}
        rest = [self[name] for name in self.fields if name not in known]
        return [(title, bound) for title, bound in [("", rest), *named] if bound]

    def as_block(self) -> dict[str, Any]:
        """Return the block as the form now says."""
        given = {key: value for key, value in self.cleaned_data.items() if value not in (None, "", [], False)}
        return {**self.kept(), **given}

    def kept(self) -> dict[str, Any]:
        """Return what the drawer does not show: it stays as it was drawn."""
        return {key: value for key, value in self.block.items() if key not in self.fields}


class StepForm(NameForm):
    """A step, or a fan-out to units."""

    GROUPS: ClassVar[list[tuple[str, tuple[str, ...]]]] = [
        (
            "由谁办",
            (
                "who_form",
                "who_role",
                "who_var",
                "who_as",
                "who_person",
                "who_portfolio",
                "who_room",
                "mode",
                "quota",
            ),
        ),
        (
            "时限",
            ("policy", "days", "hours", "calendar_days", "urgent_hours", "extra_urgent_hours", "due_var"),
        ),
        ("办理", ("outcomes", "opinion", "child", "closes", "carrier", "form", "note")),
        ("关口与权限", ("requires", "final", "sign", "key_act", "actions")),
    ]

    who_form = forms.ChoiceField(label="由谁办", choices=WHO_FORMS)
    who_role = forms.ChoiceField(label="角色", required=False)
    who_var = forms.CharField(label="取自变量", required=False, max_length=40)
    who_as = forms.ChoiceField(
        label="变量里是",
        required=False,
        choices=[("principal", "主体"), ("person", "人员"), ("unit", "单位")],
    )
    who_person = forms.CharField(label="哪个环节的人", required=False, max_length=60)
    who_portfolio = forms.ChoiceField(label="分工里的", required=False, choices=[*NONE, *PORTFOLIOS.items()])
    who_room = forms.ChoiceField(label="业务规则", required=False)
    mode = forms.ChoiceField(label="办理方式", choices=list(MODES.items()))
    quota = forms.IntegerField(label="够几人", required=False, min_value=1, max_value=99)
    policy = forms.ChoiceField(
        label="期限规则",
        required=False,
        help_text="选了规则的按规则算，规则改了新件跟着改；不选的按下面的天数",
    )
    days = forms.IntegerField(label="时限（工作日）", required=False, min_value=1, max_value=3650)
    hours = forms.IntegerField(label="时限（小时）", required=False, min_value=1, max_value=3650)
    calendar_days = forms.IntegerField(label="时限（日历日）", required=False, min_value=1, max_value=3650)
    due_var = forms.CharField(label="时限取自变量", required=False, max_length=40)
    urgent_hours = forms.IntegerField(label="加急件（小时）", required=False, min_value=1, max_value=3650)
    extra_urgent_hours = forms.IntegerField(
        label="特急件（小时）", required=False, min_value=1, max_value=3650
    )
    requires = forms.MultipleChoiceField(
        label="关口",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不满足的，无论怎样都进不了这一环节",
    )
    actions = forms.MultipleChoiceField(
        label="允许的操作",
        required=False,
        choices=list(VERBS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选＝都允许",
    )
    outcomes = forms.CharField(
        label="办理结果",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个：代码 | 名称 | 否定 | 退到哪个环节。只有一种结果的不用填",
    )
    carrier = forms.CharField(
        label="承担者", required=False, max_length=60, help_text="这一步由谁跑腿负责，不让基层自己跑"
    )
    form = forms.CharField(
        label="表单", required=False, max_length=60, help_text="这一步要填的单子，如 文件处理单"
    )
    note = forms.CharField(label="说明", required=False, max_length=300)
    child = forms.ChoiceField(label="单位内部流程", required=False)
    final = forms.BooleanField(label="办完不可退回（编号、用印、分发）", required=False)
    closes = forms.BooleanField(label="办完即办结", required=False)
    sign = forms.BooleanField(label="须本人签，代理须另有授权", required=False)
    key_act = forms.BooleanField(label="记为关键动作", required=False)
    opinion = forms.BooleanField(label="必须填写意见", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels, block = self.room.labels, self.block
        roles = Role.objects.filter(kind=RoleKind.BUSINESS).values_list("code", "name")
        self.choice("who_role").choices = [*NONE, *roles]
        self.choice("who_room").choices = [*NONE, *((n, labels.get(n, n)) for n in self.room.resolvers)]
        named = [(gate, labels.get(gate, gate)) for gate in self.room.gates]
        self.choice("requires").choices = named
        self.choice("policy").choices = [*NONE, *self._policies()]
        inner = [
            (each.key, each.name or each.key)
            for each in hooks.procedures()
            if each.key != self.definition.key
        ]
        self.choice("child").choices = [*NONE, *inner]
        for name in ("requires", "child") if block["type"] != "each" else ("requires",):
            if not self.choice(name).choices or name == "child":
                del self.fields[name]
        self.fields["who_var"].help_text = "、".join(f"{n}＝{w}" for n, w in self.room.vars.items())
        self.fields["who_person"].help_text = (
            "、".join(f"{n}＝{w}" for n, w in PERSONS.items()) + "，或 node:环节代码"
        )

    def _policies(self) -> Choices:
        """Return the office's rules of time, and the one that is drawn even if nobody declares it any more."""
        known = {rule.code: rule.name for rule in deadlines.policies(self.definition.tenant_id)}
        drawn = str(self.block.get("policy") or "")
        return [*known.items(), *([(drawn, drawn)] if drawn and drawn not in known else [])]

    def initial_of(self, block: dict[str, Any]) -> dict[str, Any]:
        who = block.get("who") or {}
        urgency = block.get("by_urgency") or {}
        requires = block.get("requires") or []
        return {
            **super().initial_of(block),
            **_who_initial(who),
            "mode": block.get("mode") or ("all" if block["type"] == "each" else "one"),
            "urgent_hours": urgency.get("urgent", {}).get("hours"),
            "extra_urgent_hours": urgency.get("extra_urgent", {}).get("hours"),
            "requires": [
                r for r in (requires if isinstance(requires, list) else [requires]) if isinstance(r, str)
            ],
            "outcomes": outcomes_text(block.get("outcomes") or []),
            "opinion": block.get("opinion") == "required",
        }

    def as_block(self) -> dict[str, Any]:
        given = super().as_block()
        given.pop("by_urgency", None)
        for name in [n for n in given if n.startswith("who_")]:
            del given[name]
        block = {**given, "who": self.who(), **self._urgency(given), **self._kept_gates(given)}
        if outcomes := read_outcomes(self.cleaned_data["outcomes"]):
            block["outcomes"] = outcomes
        if given.get("opinion"):
            block["opinion"] = "required"
        return block

    def who(self) -> dict[str, Any]:
        """Return who is called, as data."""
        data = self.cleaned_data
        role, var, kind = data["who_role"], data["who_var"], data["who_form"]
        forms_: dict[str, dict[str, Any]] = {
            "role": {"role": role},
            "role_all": {"role": role, "pick": "all"},
            "var": {"var": var, **({"as": data["who_as"]} if data["who_as"] != "principal" else {})},
            "person_of": {"person_of": data["who_person"]},
            "portfolio": {"portfolio": data["who_portfolio"], "var": var},
            "room": {"room": data["who_room"]},
            "head": {"head": True},
        }
        found = forms_[kind]
        if kind == "var" and role:
            found["role"] = role
        return found if all(value for value in found.values()) else {}

    def _urgency(self, given: dict[str, Any]) -> dict[str, Any]:
        hours = {
            "urgent": given.pop("urgent_hours", None),
            "extra_urgent": given.pop("extra_urgent_hours", None),
        }
        rules = {urgency: {"hours": value} for urgency, value in hours.items() if value}
        kept = {u: r for u, r in (self.block.get("by_urgency") or {}).items() if "hours" not in r}
        merged = {**kept, **rules}
        return {"by_urgency": merged} if merged else {}

    def _kept_gates(self, given: dict[str, Any]) -> dict[str, Any]:
        """Gates that name a node are kept as they are; the form only knows those of the room."""
        if "requires" not in self.fields:
            return {}
        old = self.block.get("requires") or []
        nodes = [item for item in (old if isinstance(old, list) else [old]) if isinstance(item, dict)]
        gates = [*given.get("requires", []), *nodes]
        return {"requires": gates} if gates else {}


def _who_initial(who: dict[str, Any]) -> dict[str, Any]:
    kind = next(
        (form for form in ("portfolio", "var", "person_of", "room", "head", "role") if form in who), "role"
    )
    if kind == "role" and who.get("pick") == "all":
        kind = "role_all"
    return {
        "who_form": kind,
        "who_role": who.get("role", ""),
        "who_var": who.get("var", ""),
        "who_as": who.get("as", "principal"),
        "who_person": who.get("person_of", ""),
        "who_portfolio": who.get("portfolio", ""),
        "who_room": who.get("room", ""),
    }


class BranchesForm(NameForm):
    """The branches of a parallel block or a choice: names, and conditions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = len(self.block["branches"]) - 1
        for index, branch in enumerate(self.block["branches"]):
            key = branch["id"]
            self.fields[f"name_{key}"] = forms.CharField(
                label=f"分支 {index + 1}", max_length=40, initial=branch.get("name", "")
            )
            if self.block["type"] == "choice" and index < last:
                self.fields[f"when_{key}"] = forms.CharField(
                    label="条件",
                    required=False,
                    initial=condition_text(branch.get("when")),
                    widget=forms.Textarea(attrs={"rows": 2}),
                    help_text="一行一条，都满足才走；如：金额 大于 100000",
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for branch in self.block["branches"]:
            name = f"when_{branch['id']}"
            try:
                data[name] = read_condition(data.get(name, ""))
            except ValueError as error:
                self.add_error(name, str(error))
        return data

    def as_block(self) -> dict[str, Any]:
        data = self.cleaned_data
        branches = []
        for branch in self.block["branches"]:
            when = data.get(f"when_{branch['id']}")
            fresh = {"id": branch["id"], "name": data[f"name_{branch['id']}"], "blocks": branch["blocks"]}
            branches.append({**fresh, **({"when": when} if when else {})})
        fresh = {**self.kept(), "name": data["name"], "branches": branches}
        return {**fresh, **({"phase": data["phase"]} if data.get("phase") else {})}


def form_for(definition: FlowDefinition, block: dict[str, Any], data: Any = None) -> NameForm:
    """Return the property form of a block."""
    kind = BranchesForm if block["type"] in ("parallel", "choice") else StepForm
    return kind(data, definition=definition, block=block)

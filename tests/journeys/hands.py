"""What hands do on the 办理单: open the form of an act, choose, write, send."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Stage
from zhongshu.people.models import Person


def send(page: Page, label: str) -> None:
    """Send the open form; the sheet comes back without it."""
    page.locator("#act-form").get_by_role("button", name=label, exact=True).click()
    expect(page.locator("#act-form form")).to_have_count(0)


def choose(page: Page, name: str, *values: int) -> None:
    """Choose in a select, also behind a chooser."""
    page.locator(f"#act-form select[name={name}]").evaluate(
        "(select, values) => select.tomselect ? select.tomselect.setValue(values) "
        ": [...select.options].forEach(o => { o.selected = values.includes(o.value) })",
        [str(value) for value in values],
    )


def look_up(page: Page, label: str, person: Person) -> None:
    """Choose a person as one does: type the name, take the line that appears."""
    field = page.locator("#act-form .zs-field", has_text=label)
    field.locator(".ts-control input").fill(person.name)
    page.locator(".ts-dropdown:visible [data-selectable]", has_text=person.name).first.click()
    page.keyboard.press("Escape")


def write_by_hand(page: Page) -> None:
    """Draw a few strokes on the pad."""
    page.get_by_role("tab", name="手写").click()
    box = page.locator("#act-form canvas").bounding_box()
    assert box
    for line in range(3):
        x, y = box["x"] + 30 + 60 * line, box["y"] + 60
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(12):
            page.mouse.move(x + 4 * step, y + (18 if step % 2 else -14))
        page.mouse.up()


def sheet(stage: Stage, person: Person, public_id: str, size: dict[str, int] | None = None) -> Page:
    """Open the sheet as a person."""
    page = stage.page(person, size) if size else stage.page(person)
    page.goto(f"{stage.url}/incoming/{public_id}/")
    expect(page.locator(".zs-sheet-title")).to_contain_text("收文办理单")
    return page


def forms_behind(page: Page) -> list[str]:
    """Return where the action bar's buttons and menus fetch their forms."""
    return page.locator(".zs-actions [hx-target='#act-form']").evaluate_all(
        "all => [...new Set(all.map(each => each.getAttribute('hx-get')))]"
    )

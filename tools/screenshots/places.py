"""Every other screen of the manual: registers, books, one's own account, and the section 系统."""

from tools.screenshots.camera import Camera
from tools.screenshots.story import ARCHIVIST, CLERK, DIRECTOR, HEAD

SYSTEM, SECURITY, AUDIT = "卫其昌", "关慎言", "查明远"
COUNTER, SUPERVISOR = "金默", "尹卓"


def before(camera: Camera) -> None:
    """What is seen before anybody has worked."""
    page = camera.blank()
    page.goto(f"{camera.url}/sign-in/")
    camera.keep(page, "sign-in")


def after(camera: Camera) -> None:
    """What is seen once the papers of the story lie in the registers."""
    desks(camera)
    registers(camera)
    system(camera)


def desks(camera: Camera) -> None:
    camera.keep(camera.go(CLERK, "/"), "desk")
    camera.keep(camera.go(HEAD, "/"), "desk-leader")
    page = camera.go(CLERK, "/search/?q=" + "地质灾害")
    camera.keep(page, "search")
    page = camera.go(DIRECTOR, "/account/delegations/new/")
    camera.keep(page, "delegation")


def registers(camera: Camera) -> None:
    page = camera.go(CLERK, "/incoming/")
    page.locator("table.zs-register tbody tr").nth(3).locator("td.zs-title a").click()
    page.locator("#drawer h2").first.wait_for()
    page.wait_for_load_state("networkidle")
    camera.keep(page, "register")
    camera.keep(camera.go(SUPERVISOR, "/instructions/"), "instructions")
    camera.keep(camera.go(COUNTER, "/counter/"), "counter")
    camera.keep(camera.go(DIRECTOR, "/statistics/incoming/"), "statistics")
    camera.keep(camera.go(ARCHIVIST, "/archive/"), "archive-catalogue")


def system(camera: Camera) -> None:
    camera.keep(camera.go(SYSTEM, "/system/units/"), "system-units")
    camera.keep(camera.go(SECURITY, "/system/accounts/"), "system-accounts")
    camera.keep(camera.go(SYSTEM, "/system/procedures/incoming/"), "system-procedure")
    camera.keep(camera.go(SYSTEM, "/system/calendar/"), "system-calendar")
    camera.keep(camera.go(SYSTEM, "/system/settings/"), "system-settings")
    camera.keep(camera.go(AUDIT, "/system/trail/"), "system-trail")

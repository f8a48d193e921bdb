"""App config of the demonstration county."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """云岭县."""

    name = "demo"
    label = "demo"
    verbose_name = "演示"

    def ready(self) -> None:
        """Name the accounts that the sign-in page of a demonstration shows."""
        from demo.accounts import shown  # noqa: PLC0415 - models are ready only now
        from zhongshu.people import showcase  # noqa: PLC0415 - models are ready only now

        showcase.register(shown)

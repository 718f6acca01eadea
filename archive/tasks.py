"""What the worker is told by name: an id in, one action out."""

from celery import shared_task

from archive.actions import mail_news, send_later, vital_signs
from archive.actions import remind as remind_action
from archive.actions import run_job as run_job_action
from archive.actions import sweep_jobs as sweep_jobs_action
from archive.actions import sweep_take_outs as sweep_take_outs_action
from archive.actions import watch_files as watch_files_action
from archive.actions import watch_videos as watch_videos_action


@shared_task(name="archive.tasks.run_job")
def run_job(job_id: int) -> None:
    """Run the job of this row, if it still waits."""
    run_job_action.run_job(job_id)


@shared_task(name="archive.tasks.sweep_jobs")
def sweep_jobs() -> None:
    """Send again what a broker or a worker lost; a worker that does this is alive."""
    vital_signs.sign_of_life(vital_signs.WORKER)
    sweep_jobs_action.sweep_jobs()


@shared_task(name="archive.tasks.watch_files")
def watch_files() -> None:
    """Promise to read again the files whose time has come."""
    watch_files_action.plan_watch()


@shared_task(name="archive.tasks.sweep_take_outs")
def sweep_take_outs() -> None:
    """Delete packages whose time is over."""
    sweep_take_outs_action.sweep_take_outs()


@shared_task(name="archive.tasks.forget_old_mails")
def forget_old_mails() -> None:
    """Forget what unsent mails say that are too old."""
    send_later.forget_old_mails()


@shared_task(name="archive.tasks.plan_mails")
def plan_mails() -> None:
    """Promise the mails with news that are due."""
    mail_news.plan_mails()


@shared_task(name="archive.tasks.remind")
def remind() -> None:
    """Leave the notices that are due by the day."""
    remind_action.remind()


@shared_task(name="archive.tasks.watch_videos")
def watch_videos() -> None:
    """Promise to look again at the linked videos whose time has come."""
    watch_videos_action.plan_videos()

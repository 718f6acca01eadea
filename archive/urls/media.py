"""Addresses of the desk of images, videos, gaps and files."""

from django.urls import URLPattern, URLResolver, path

from archive.views import (
    captures_desk,
    covering,
    figures_desk,
    files_desk,
    film_texts_desk,
    films_desk,
    media_desk,
    pdf_text_desk,
    recordings_desk,
    same_bytes_desk,
)

pages: list[URLPattern | URLResolver] = [
    path("desk/images/", media_desk.images, name="desk_images"),
    path("desk/images/upload/", media_desk.upload_images, name="image_upload"),
    path("desk/images/again/<slug:public_id>/", same_bytes_desk.image_again, name="image_again"),
    path("desk/images/<slug:public_id>/", media_desk.image, name="desk_image"),
    path("desk/images/<slug:public_id>/cover/", covering.cover, name="cover_image"),
    path("desk/images/<slug:public_id>/text/", pdf_text_desk.text_of_pdf, name="text_of_pdf"),
    path("desk/videos/", films_desk.videos, name="desk_videos"),
    path("desk/videos/new/", media_desk.new_video, name="desk_video_new"),
    path("desk/videos/from-file/", recordings_desk.new_film, name="film_new"),
    path("desk/recordings/new/", recordings_desk.new_recording, name="recording_new"),
    path("desk/videos/<slug:public_id>/", media_desk.video, name="desk_video"),
    path("desk/videos/<slug:public_id>/checks/", films_desk.checks, name="desk_video_checks"),
    path("desk/videos/<slug:public_id>/check/", films_desk.check, name="check_video"),
    path("desk/videos/<slug:public_id>/accept/", films_desk.accept, name="accept_film"),
    path("desk/videos/<slug:public_id>/captures/", captures_desk.captures, name="desk_captures"),
    path("desk/videos/<slug:public_id>/captures/now/", captures_desk.capture_now, name="capture_video"),
    path("desk/videos/<slug:public_id>/texts/", film_texts_desk.film_texts, name="desk_film_texts"),
    path("desk/captures/<slug:public_id>/", captures_desk.capture, name="desk_capture"),
    path("desk/captures/<slug:public_id>/read/", captures_desk.read, name="read_wacz"),
    path("desk/film-texts/<slug:public_id>/change/", film_texts_desk.change, name="change_tie"),
    path("desk/film-texts/<slug:public_id>/untie/", film_texts_desk.untie, name="untie_text"),
    path("desk/figures/", figures_desk.figures, name="desk_figures"),
    path("desk/figures/<slug:public_id>/<slug:key>/", figures_desk.fill, name="fill_figure"),
    path("desk/files/", files_desk.files, name="desk_files"),
    path("desk/files/<slug:public_id>/", files_desk.file, name="desk_file"),
    path("desk/files/<slug:public_id>/check/", files_desk.check, name="check_file"),
    path("desk/files/<slug:public_id>/repair/", files_desk.repair, name="repair_file"),
]
plain: list[URLPattern | URLResolver] = []

"""Addresses of this part: the form, one petition's page, and what its holder can do there."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.following import acts, papers, printing, proof, renewing, saying, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.follow, name="follow"),
    path("<slug:reference>/", views.petition, name="petition"),
    path("<slug:reference>/read/", acts.read, name="petition_read"),
    path("<slug:reference>/rate/", acts.rate, name="petition_rate"),
    path("<slug:reference>/withdraw/", acts.withdraw, name="petition_withdraw"),
    path("<slug:reference>/resume/", acts.resume, name="petition_resume"),
    path("<slug:reference>/close/", acts.close, name="petition_close"),
    path("<slug:reference>/say/", saying.say, name="petition_say"),
    path("<slug:reference>/correct/", saying.correct, name="petition_correct"),
    path("<slug:reference>/safety/", saying.retaliation, name="petition_retaliation"),
    path("<slug:reference>/appeal/", saying.appeal, name="petition_appeal"),
    path("<slug:reference>/code/", renewing.renew, name="petition_code"),
    path("<slug:reference>/receipt/", printing.receipt, name="petition_receipt"),
    path("<slug:reference>/answer/<int:number>/", printing.answer, name="petition_answer"),
    path("<slug:reference>/papers/", papers.add, name="petition_papers"),
    path("<slug:reference>/papers/<uuid:file_id>/", papers.show, name="petition_paper"),
    path("<slug:reference>/papers/<uuid:file_id>/erase/", papers.erase, name="petition_paper_erase"),
    path("<slug:reference>/proof/", proof.take, name="petition_proof"),
]

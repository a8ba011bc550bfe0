"""Addresses of signing in and of one's own account."""

from django.urls import path

from people.views import account, sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/password/", account.password_change, name="password_change"),
]

from django.urls import path

from congress.accounts.views import own, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", sign_in.SignInByCode.as_view(), name="sign_in_by_code"),
    path("sign-in/second-factor/", sign_in.SecondFactor.as_view(), name="second_factor"),
    path("activate/", sign_in.Activate.as_view(), name="activate"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("me/", own.Profile.as_view(), name="profile"),
    path("me/password/", own.ChangePassword.as_view(), name="change_password"),
    path("me/second-factor/", own.EnrolSecondFactor.as_view(), name="enrol_second_factor"),
    path("me/tokens/<int:pk>/revoke/", own.RevokeToken.as_view(), name="revoke_token"),
    path("me/second-factor/drop/", own.DropSecondFactor.as_view(), name="drop_second_factor"),
]

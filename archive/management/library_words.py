"""What the libraries' pages of signing in say here: in the site's own voice, in both languages.

django-allauth and Django bring their own words, in another tone and sometimes with other names for the same thing. This
table gives, for a string of theirs, what this site says in English and in Arabic; `translations --compile` puts it into
the catalogues, whose words come before the libraries' own.
"""

# ruff: noqa: E501 - a string of a library is found by searching for it whole.

from __future__ import annotations

#: A string of a library: (English, Arabic).
OURS: dict[str, tuple[str, str]] = {
    # Fields.
    "Email": ("E-mail address", "البريد الإلكتروني"),
    "Email address": ("E-mail address", "البريد الإلكتروني"),
    "Remember Me": ("Keep me signed in on this device", "أبقِ الدخول على هذا الجهاز"),
    "Current Password": ("Password until now", "كلمة السر الحالية"),
    "New Password": ("New password", "كلمة السر الجديدة"),
    "New Password (again)": ("New password, once more", "كلمة السر الجديدة مرة أخرى"),
    "Password (again)": ("Password, once more", "كلمة السر مرة أخرى"),
    "Authenticator code": ("Code from the app", "الرمز من التطبيق"),
    "Authenticator secret": ("Key for the app", "مفتاح التطبيق"),
    # What is refused.
    "You must type the same password each time.": (
        "The two passwords differ. Type the same one twice.", "كلمتا السر مختلفتان. اكتب الكلمة نفسها مرتين.",
    ),
    "The email address and/or password you specified are not correct.": (
        "The address and the password do not belong together. Look at both and try again.",
        "لا توافق كلمة السر هذا البريد. راجعهما وأعد المحاولة.",
    ),
    "This account is currently inactive.": (
        "This account is closed. An administrator can open it again.", "هذا الحساب مغلق. يستطيع المدير فتحه من جديد.",
    ),
    "Please type your current password.": (
        "This is not your password until now. Try again.", "ليست هذه كلمة سرّك الحالية. أعد المحاولة.",
    ),
    "Incorrect code.": ("The code is not right, or is over. Take the next one.", "الرمز غير صحيح أو انقضى. خذ الرمز التالي."),
    "Incorrect password.": ("The password is not right. Try again.", "كلمة السر غير صحيحة. أعد المحاولة."),
    "The password reset token was invalid.": (
        "This link is used up or over. Ask for a new one.", "استُعمل هذا الرابط أو انقضى. اطلب رابطًا جديدًا.",
    ),
    "Too many failed login attempts. Try again later.": (
        "Too many attempts went wrong. Wait some minutes and try again.",
        "أخفقت محاولات كثيرة. انتظر دقائق ثم أعد المحاولة.",
    ),
    "Be patient, you are sending too many requests.": (
        "That was too much at once. Wait a moment and try again.", "هذا كثير دفعة واحدة. انتظر قليلًا ثم أعد المحاولة.",
    ),
    "A user is already registered with this email address.": (
        "This address has an account already. Sign in, or ask for a new password.",
        "لهذا البريد حساب من قبل. ادخل، أو اطلب كلمة سر جديدة.",
    ),
    "The new value must be different from the current one.": (
        "That is what it was before. Choose another.", "هذه هي القيمة الحالية. اختر غيرها.",
    ),
    "You cannot activate two-factor authentication until you have verified your email address.": (
        "Confirm your e-mail address first; then the second step can be set up.",
        "أكّد بريدك الإلكتروني أولًا؛ ثم تُضبط خطوة الدخول الثانية.",
    ),
    "You cannot generate recovery codes without having two-factor authentication enabled.": (
        "Spare codes belong to the second step at sign-in. Set that up first.",
        "الرموز الاحتياطية تتبع خطوة الدخول الثانية. اضبطها أولًا.",
    ),
    "You cannot deactivate two-factor authentication.": (
        "The second step at sign-in cannot be switched off here.", "لا يمكن إيقاف خطوة الدخول الثانية من هنا.",
    ),
    # Pages.
    "Sign Out": ("Sign out", "الخروج"),
    "Are you sure you want to sign out?": ("Sign out of this device?", "أتريد الخروج من هذا الجهاز؟"),
    "Change Password": ("Change the password", "تغيير كلمة السر"),
    "Set Password": ("Set the password", "ضبط كلمة السر"),
    "Password Reset": ("A new password", "كلمة سر جديدة"),
    "We have sent you an email. If you have not received it please check your spam folder. Otherwise contact us if you do not receive it in a few minutes.": (
        "If the address has an account here, a message with a link is on its way to it. If it is not there in some minutes, look among the unwanted mail, then ask an administrator.",
        "إن كان لهذا البريد حساب هنا فالرسالة في طريقها إليه وفيها رابط. فإن لم تصل بعد دقائق فانظر في البريد غير المرغوب فيه، ثم اسأل المدير.",
    ),
    "Bad Token": ("This link is used up or over", "استُعمل هذا الرابط أو انقضى"),
    "Your password is now changed.": ("The password is changed. Sign in with it.", "تغيّرت كلمة السر. ادخل بها."),
    "Account Inactive": ("This account is closed", "هذا الحساب مغلق"),
    "This account is inactive.": (
        "An administrator can open it again. Nothing that you wrote is lost.", "يستطيع المدير فتحه من جديد. لم يُفقد شيء مما كتبته.",
    ),
    "Sign Up Closed": ("Accounts are opened by invitation", "تُفتح الحسابات بدعوة"),
    "We are sorry, but the sign up is currently closed.": (
        "Ask an administrator of this site to invite you.", "اسأل مدير هذا الموقع أن يدعوك.",
    ),
    "Sign Up": ("Open an account", "فتح حساب"),
    "Verify Your Email Address": ("Confirm your e-mail address", "تأكيد البريد الإلكتروني"),
    "We have sent an email to you for verification. Follow the link provided to finalize the signup process. If you do not see the verification email in your main inbox, check your spam folder. Please contact us if you do not receive the verification email within a few minutes.": (
        "A message is on its way to you; follow its link and the account is open. If it is not there in some minutes, look among the unwanted mail, then ask an administrator.",
        "الرسالة في طريقها إليك؛ اتبع رابطها يُفتح الحساب. فإن لم تصل بعد دقائق فانظر في البريد غير المرغوب فيه، ثم اسأل المدير.",
    ),
    "Confirm Email Address": ("Confirm the e-mail address", "تأكيد البريد الإلكتروني"),
    "Confirm Access": ("Is it you?", "هل هذا حسابك؟"),
    "Please reauthenticate to safeguard your account.": (
        "What comes next changes how you sign in, so the site asks once more.",
        "ما يلي يغيّر طريقة دخولك، ولذلك يسأل الموقع مرة أخرى.",
    ),
    "Enter your password:": ("Your password:", "كلمة سرّك:"),
    "Alternative options": ("Or in another way", "أو بطريقة أخرى"),
    "Use your password": ("With the password", "بكلمة السر"),
    "Use authenticator app or code": ("With a code from the app", "برمز من التطبيق"),
    # The second step.
    "Two-Factor Authentication": ("Second step at sign-in", "خطوة الدخول الثانية"),
    "Your account is protected by two-factor authentication. Please enter an authenticator code:": (
        "This account asks for a second step: the code that your app shows now, or a spare code.",
        "لهذا الحساب خطوة ثانية: الرمز الذي يعرضه التطبيق الآن، أو رمز احتياطي.",
    ),
    "Enter an authenticator code:": ("The code that your app shows now:", "الرمز الذي يعرضه التطبيق الآن:"),
    "Authenticator App": ("App for codes", "تطبيق الرموز"),
    "Authentication using an authenticator app is active.": (
        "Signing in asks for a code from your app.", "يسأل الدخول عن رمز من تطبيقك.",
    ),
    "An authenticator app is not active.": (
        "Signing in asks for the password alone.", "لا يسأل الدخول إلا عن كلمة السر.",
    ),
    "Activate": ("Set up", "ضبطه"),
    "Deactivate": ("Switch off", "إيقافه"),
    "Activate Authenticator App": ("Set up an app for codes", "ضبط تطبيق الرموز"),
    "Deactivate Authenticator App": ("Switch the app for codes off", "إيقاف تطبيق الرموز"),
    "To protect your account with two-factor authentication, scan the QR code below with your authenticator app. Then, input the verification code generated by the app below.": (
        "Let an app for codes on your phone read this picture, or type the key into it. Then write here the code that the app shows.",
        "اجعل تطبيق الرموز في هاتفك يقرأ هذه الصورة، أو اكتب فيه المفتاح. ثم اكتب هنا الرمز الذي يعرضه.",
    ),
    "You can store this secret and use it to reinstall your authenticator app at a later time.": (
        "Who keeps this key can set the app up again. Keep it where nobody else sees it.",
        "بهذا المفتاح يُضبط التطبيق من جديد. احفظه حيث لا يراه غيرك.",
    ),
    "You are about to deactivate authenticator app based authentication. Are you sure?": (
        "From then on the password alone opens the account, and publishing is not possible. Switch it off?",
        "تكفي كلمة السر وحدها بعد ذلك لفتح الحساب، ولا يُتاح النشر. أيُوقف؟",
    ),
    "Recovery Codes": ("Spare codes", "الرموز الاحتياطية"),
    "Recovery codes": ("Spare codes", "الرموز الاحتياطية"),
    "No recovery codes set up.": (
        "There are none yet. They open the account when the phone is lost.", "لا رموز بعد. بها يُفتح الحساب إن ضاع الهاتف.",
    ),
    "Generate": ("Make spare codes", "إنشاء رموز احتياطية"),
    "Unused codes": ("Codes not used yet", "رموز لم تُستعمل بعد"),
    "Download codes": ("Download the codes", "تنزيل الرموز"),
    "Generate new codes": ("Make new codes", "إنشاء رموز جديدة"),
    "I have saved my recovery codes": ("I have kept the spare codes", "حفظت الرموز الاحتياطية"),
    "You are about to generate a new set of recovery codes for your account.": (
        "This makes a new set of spare codes.", "تُنشأ هنا مجموعة جديدة من الرموز الاحتياطية.",
    ),
    "This action will invalidate your existing codes.": (
        "The codes until now end with it.", "وبها تنتهي الرموز السابقة.",
    ),
    "Are you sure?": ("Go on?", "أنتابع؟"),
    # What was done.
    "You have signed out.": ("You are signed out.", "تمّ الخروج."),
    "Successfully signed in as %(name)s.": ("Signed in as \u2068%(name)s\u2069.", "تمّ الدخول باسم \u2068%(name)s\u2069."),
    "Password successfully set.": ("The password is set.", "ضُبطت كلمة السر."),
    "Password successfully changed.": ("The password is changed.", "تغيّرت كلمة السر."),
    "Authenticator app activated.": ("Signing in asks for a code from now on.", "يسأل الدخول من الآن عن رمز."),
    "Authenticator app deactivated.": ("Signing in asks for the password alone from now on.", "لا يسأل الدخول من الآن إلا عن كلمة السر."),
    "A new set of recovery codes has been generated.": ("New spare codes are made.", "أُنشئت رموز احتياطية جديدة."),
    "Save them  in a secure location now — they won't be shown again.": (
        "Keep them in a safe place now: they are not shown again.", "احفظها الآن في مكان آمن: لا تُعرض مرة أخرى.",
    ),
    # Rules for passwords, of Django.
    "Your password can’t be too similar to your other personal information.": (
        "It is not close to your name or your address.", "لا تشبه اسمك ولا بريدك.",
    ),
    "Your password can’t be a commonly used password.": (
        "It is not among those that many people use.", "ليست مما يستعمله كثير من الناس.",
    ),
    "Your password can’t be entirely numeric.": ("It is not made of digits alone.", "ليست أرقامًا فقط."),
    "This password is too common.": (
        "Many people use this password. Choose another.", "يستعمل كثير من الناس كلمة السر هذه. اختر غيرها.",
    ),
    "This password is entirely numeric.": (
        "This password is made of digits alone. Add words.", "كلمة السر هذه أرقام فقط. أضف إليها كلمات.",
    ),
    "The password is too similar to the %(verbose_name)s.": (
        "The password is too close to this: %(verbose_name)s. Choose another.",
        "كلمة السر قريبة من هذا: %(verbose_name)s. اختر غيرها.",
    ),
}  # fmt: skip

_LENGTH_AR = ("لا أقلّ من %(min_length)d حرف.", "لا أقلّ من حرف واحد.", "لا أقلّ من حرفين.", "لا أقلّ من %(min_length)d أحرف.",
              "لا أقلّ من %(min_length)d حرفًا.", "لا أقلّ من %(min_length)d حرف.")  # fmt: skip
#: Those that count: (singular, plural of the library): (English forms, Arabic forms).
COUNTED: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    (
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ): (("It has at least %(min_length)d letter.", "It has at least %(min_length)d letters."), _LENGTH_AR),
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ): (
        ("This password is too short: %d letter is the least.", "This password is too short: %d letters are the least."),
        tuple(f"كلمة السر هذه قصيرة: {words.replace('%(min_length)d', '%d')}" for words in _LENGTH_AR),
    ),
    (
        "There is %(unused_count)s out of %(total_count)s recovery codes available.",
        "There are %(unused_count)s out of %(total_count)s recovery codes available.",
    ): (
        ("%(unused_count)s of %(total_count)s spare codes is left.", "%(unused_count)s of %(total_count)s spare codes are left."),
        ("لم يبقَ من الرموز الاحتياطية شيء.", "بقي رمز احتياطي واحد من %(total_count)s.", "بقي رمزان احتياطيان من %(total_count)s.",
         "بقيت %(unused_count)s رموز احتياطية من %(total_count)s.", "بقي %(unused_count)s رمزًا احتياطيًّا من %(total_count)s.",
         "بقي %(unused_count)s رمز احتياطي من %(total_count)s."),
    ),
}  # fmt: skip

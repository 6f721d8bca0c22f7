"""Optuna at the other end of a pipe: one JSON request a line in, JSON lines out.

A search is a conversation: this side proposes settings, the other side answers with their value, so that each
function exists once.
"""
import json
import resource
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def sampler(name, seed, grouped):
    if name == "tpe":
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=grouped)
    if name == "cmaes":
        return optuna.samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False)
    if name == "gp":
        return optuna.samplers.GPSampler(seed=seed, warn_independent_sampling=False)
    return optuna.samplers.RandomSampler(seed=seed)


def suggest(trial, space):
    settings = {}
    for one in space:
        if any(settings.get(name) not in values for name, values in one.get("when", {}).items()):
            continue
        name = one["name"]
        if "choice" in one:
            settings[name] = trial.suggest_categorical(name, one["choice"])
        elif "integer" in one:
            low, high = one["integer"]
            settings[name] = trial.suggest_int(name, low, high, step=one.get("step", 1), log=one.get("log", False))
        else:
            low, high = one["real"]
            settings[name] = trial.suggest_float(name, low, high, step=one.get("step"), log=one.get("log", False))
    return settings


def search(request):
    space = request["space"]
    grouped = any("when" in one for one in space)
    study = optuna.create_study(sampler=sampler(request["sampler"], request["seed"], grouped))
    for _ in range(request["trials"]):
        trial = study.ask()
        say({"try": suggest(trial, space)})
        study.tell(trial, json.loads(sys.stdin.readline()))
    say({"done": True})


def sphere(trial):
    return sum(trial.suggest_float(f"x{i}", 0, 1) ** 2 for i in range(6))


def cost(request):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.optimize(sphere, n_trials=request["finished"])
    study.sampler = sampler("tpe", 0, False)
    times = []
    for _ in range(request["times"]):
        begin = time.perf_counter()
        trial = study.ask()
        study.tell(trial, sphere(trial))
        times.append(time.perf_counter() - begin)
    say({"milliseconds": 1000 * sorted(times)[len(times) // 2]})


def flood(request):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    begin = time.perf_counter()
    for _ in range(request["trials"]):
        trial = study.ask()
        study.tell(trial, sphere(trial))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say({"seconds": seconds, "mebibytes": peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)})


for line in sys.stdin:
    request = json.loads(line)
    {"search": search, "cost": cost, "flood": flood}[request["do"]](request)

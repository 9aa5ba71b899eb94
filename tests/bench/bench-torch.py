#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-torch.py version | epoch | grid

The paper's training by PyTorch as its user would write it: one thread, which is
its fastest here, and all data in memory as normalised floats. For each line on
stdin does it once and prints the seconds.

epoch   one epoch of SGD over 10,000 rows in batches of 64
grid    the grid search cell by cell: 2 learning rates x 1, 3, 5 epochs over 10,000
        rows, and each of these networks evaluated on 4,000 rows
"""

import sys
import time

import torch

MEAN = torch.tensor([0.485, 0.456, 0.406]).repeat(24 * 24)
SD = torch.tensor([0.229, 0.224, 0.225]).repeat(24 * 24)


def data(n):
    y = torch.randint(0, 2, (n,))
    x = torch.randint(0, 128, (n, 1728)) + 4 * y[:, None]
    return (x / 255 - MEAN) / SD, y


def network():
    layers = torch.nn
    return layers.Sequential(
        layers.Linear(1728, 128, bias=False), layers.ReLU(),
        layers.Linear(128, 128, bias=False), layers.ReLU(),
        layers.Linear(128, 2, bias=False))


def train_epoch(model, optimizer, loss_function, x, y):
    order = torch.randperm(len(x))
    for first in range(0, len(x), 64):
        rows = order[first:first + 64]
        optimizer.zero_grad()
        loss_function(model(x[rows]), y[rows]).backward()
        optimizer.step()


def evaluate(model, loss_function, x, y):
    with torch.no_grad():
        logits = model(x)
        return loss_function(logits, y).item(), (logits.argmax(1) == y).float().mean().item()


def prepare(figure):
    """Returns what one round does."""
    loss_function = torch.nn.CrossEntropyLoss()
    x, y = data(10000)

    if figure == "epoch":
        model = network()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
        return lambda: train_epoch(model, optimizer, loss_function, x, y)

    validation = data(4000)

    def search():
        for rate in (0.01, 0.001):
            for epochs in (1, 3, 5):
                model = network()
                optimizer = torch.optim.SGD(model.parameters(), lr=rate)
                for _ in range(epochs):
                    train_epoch(model, optimizer, loss_function, x, y)
                evaluate(model, loss_function, *validation)

    return search


def main():
    if sys.argv[1] == "version":
        print("PyTorch", torch.__version__)
        return

    torch.set_num_threads(1)
    torch.manual_seed(1)
    do_round = prepare(sys.argv[1])
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        do_round()
        print(f"{time.perf_counter() - start:.6f}", flush=True)


main()

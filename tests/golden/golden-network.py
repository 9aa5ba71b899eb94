# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden numbers of the network and its optimisers, by PyTorch in float64.

    python3 tests/golden/golden-network.py

writes network.json beside this file. It takes some seconds and needs PyTorch
(1.13 was used; torch.optim's three optimisers have not changed since). Double
precision, one thread and twelve digits: another machine writes the same file.

The inputs and initial weights are not in the file. Both sides compute them from
the same recipe in integers (the C side: tests/core/test-foc-optimizer.c), with
results that are exact in float32 and float64 alike:

    recipe (block, i)  = (mix (i + 1000003 block) >> 16) / 32768 - 1    in [-1, 1)
    weight i of layer l = recipe (l + 1, i) * 2^-floor (log2 (inputs of l) / 2)
    label of example b  = b modulo the number of classes
    input i of example b = recipe (0, b inputs + i)
                           + (0.25 if i modulo classes is the label, else 0)

where mix is the finaliser of MurmurHash3 on 32 bits. The inputs lean towards
their label, so that there is something to learn.
"""

import json
import pathlib

import torch

STEPS = 10
SIZES = [
    {
        "name": "small",
        "widths": [12, 7, 5, 3],
        "batch": 8,
        "full": True,
        "optimizers": [("sgd", 0.1, 0.0), ("momentum", 0.05, 0.9), ("adam", 0.01, 0.0)],
    },
    {
        "name": "paper",
        "widths": [1728, 128, 128, 2],
        "batch": 64,
        "full": False,
        "optimizers": [("sgd", 0.01, 0.0), ("momentum", 0.01, 0.9), ("adam", 0.001, 0.0)],
    },
]


def recipe(block, n):
    mask = 0xFFFFFFFF
    h = (torch.arange(n, dtype=torch.int64) + 1000003 * block) & mask
    h = h ^ (h >> 16)
    # A product of two 32-bit numbers overflows 63 bits, so in two halves.
    for factor, shift in ((0x85EBCA6B, 13), (0xC2B2AE35, 16)):
        low = (h & 0xFFFF) * factor
        high = ((h >> 16) * factor & 0xFFFF) << 16
        h = (low + high) & mask
        h = h ^ (h >> shift)
    return (h >> 16).double() / 32768 - 1


def initial_weights(widths):
    weights = []
    for layer, (n_in, n_out) in enumerate(zip(widths, widths[1:])):
        scale = 2.0 ** -((n_in.bit_length() - 1) // 2)
        weights.append((recipe(layer + 1, n_in * n_out) * scale).reshape(n_out, n_in))
    return weights


def examples(widths, batch):
    labels = torch.arange(batch) % widths[-1]
    x = recipe(0, batch * widths[0]).reshape(batch, widths[0])
    lean = torch.arange(widths[0]) % widths[-1] == labels[:, None]
    return x + 0.25 * lean, labels


def forward(weights, x):
    for w in weights[:-1]:
        x = torch.relu(x @ w.T)
    return x @ weights[-1].T


def make_optimizer(kind, parameters, learning_rate, momentum):
    if kind == "adam":
        return torch.optim.Adam(parameters, lr=learning_rate)
    return torch.optim.SGD(parameters, lr=learning_rate, momentum=momentum)


def numbers(tensor):
    return [float(f"{v:.12g}") for v in tensor.detach().flatten().tolist()]


def flat(tensors):
    return torch.cat([t.flatten() for t in tensors])


def one_case(size):
    x, labels = examples(size["widths"], size["batch"])
    weights = [w.requires_grad_() for w in initial_weights(size["widths"])]
    logits = forward(weights, x)
    loss = torch.nn.functional.cross_entropy(logits, labels)
    gradient = flat(torch.autograd.grad(loss, weights))

    case = {
        "name": size["name"],
        "widths": size["widths"],
        "batch": size["batch"],
        "logits": numbers(logits),
        "mean_loss": numbers(loss)[0],
        "gradient_norm": numbers(gradient.norm())[0],
    }
    if size["full"]:
        case["gradient"] = numbers(gradient)

    case["optimizers"] = []
    for kind, learning_rate, momentum in size["optimizers"]:
        weights = [w.requires_grad_() for w in initial_weights(size["widths"])]
        optimizer = make_optimizer(kind, weights, learning_rate, momentum)
        losses = []
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(forward(weights, x), labels)
            loss.backward()
            optimizer.step()
            losses.append(loss)
        result = {
            "kind": kind,
            "learning_rate": learning_rate,
            "momentum": momentum,
            "mean_losses": numbers(torch.stack(losses)),
        }
        if size["full"]:
            result["parameters"] = numbers(flat(weights))
        case["optimizers"].append(result)

    return case


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    golden = {
        "source": "golden-network.py, PyTorch, float64",
        "cases": [one_case(size) for size in SIZES],
    }
    path = pathlib.Path(__file__).with_name("network.json")
    path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

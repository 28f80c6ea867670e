"""An object of a module class, called like a function."""

class Pinball(torch.nn.Module):
    def forward(self, pred, target, q):
        e = target - pred
        return torch.max(q * e, (q - 1) * e).mean()


pinball = Pinball()

"""How far people who coded the same reports agree: claims matched, reliability reckoned, differences named."""

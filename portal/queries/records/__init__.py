"""利用の記録: who signed in, took files out, changed accounts and rights, closed, unlocked (A2)."""

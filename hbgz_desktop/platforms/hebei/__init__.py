"""Hebei's 检查检验结果互认共享系统, V1.5: REST calls of 2.2.3."""

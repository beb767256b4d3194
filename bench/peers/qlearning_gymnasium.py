"""Q-learning on Gymnasium's CliffWalking-v1 with NumPy, as tutorials write it: python3 qlearning_gymnasium.py [STEPS]"""

import sys
import time

import gymnasium
import numpy as np

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
ALPHA, GAMMA, EPSILON = 0.5, 0.99, 0.1

env = gymnasium.make("CliffWalking-v1", max_episode_steps=1_000)
rng = np.random.default_rng(1)
q = np.zeros((env.observation_space.n, env.action_space.n))
state, _ = env.reset(seed=1)
began = time.process_time()
for _ in range(STEPS):
    action = int(rng.integers(4)) if rng.random() < EPSILON else int(np.argmax(q[state]))
    after, reward, terminated, truncated, _ = env.step(action)
    q[state, action] += ALPHA * (reward + GAMMA * (0 if terminated else np.max(q[after])) - q[state, action])
    state = env.reset()[0] if terminated or truncated else after
seconds = time.process_time() - began
print(f"{STEPS / seconds:,.0f} steps per second of processor time (Gymnasium {gymnasium.__version__}, NumPy {np.__version__}), V(start) = {q[36].max():.4f}")

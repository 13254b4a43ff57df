import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'console/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    // The end-to-end tests start servers and databases of their own: more at once only makes each of them wait.
    maxWorkers: 2,
    // A test that hangs fails; a machine that is slow does not make one fail.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    // A browser on a crowded machine may lose a click. What fails three times is broken.
    retry: process.env['CI'] ? 2 : 0,
    // No test may lean on one that ran before it. The seed is printed; `--sequence.seed` repeats a run. CI takes one seed, so
    // that it says the same of the same tree; every run elsewhere tries another order.
    sequence: { shuffle: true, ...(process.env['CI'] ? { seed: 20_261_120 } : {}) },
  },
})

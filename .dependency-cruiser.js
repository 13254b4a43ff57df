/**
 * The arrows of ARCHITECTURE.md, checked. Each layer names the layers that it may import; everything else of ours is refused.
 * Test files may import what they test and test/support, so the layers bind only what runs in production.
 */
const pure = ['model', 'crm', 'rules', 'formats', 'retry', 'sources', 'presets', 'catalogue']

const mayImport = {
  model: [],
  runtime: [],
  crm: ['model'],
  rules: ['crm', 'model'],
  formats: ['model'],
  retry: ['model'],
  sources: ['model'],
  presets: ['model'],
  catalogue: ['crm', 'rules', 'formats', 'retry', 'sources', 'presets', 'model'],
  store: ['model', 'runtime'],
  'record-events': ['store', 'rules', 'crm', 'model', 'runtime'],
  delivery: ['record-events', 'store', 'rules', 'formats', 'retry', 'model', 'runtime'],
  actions: [
    'delivery',
    'record-events',
    'store',
    'catalogue',
    'rules',
    'formats',
    'retry',
    'sources',
    'presets',
    'crm',
    'model',
    'runtime',
    'config',
  ],
  api: [
    'actions',
    'catalogue',
    'delivery',
    'record-events',
    'store',
    'rules',
    'formats',
    'retry',
    'sources',
    'presets',
    'crm',
    'model',
    'runtime',
    'config',
  ],
}

const testFile = '\\.test\\.ts$'
const place = (layer) => (layer === 'config' ? '^src/config\\.ts$' : `^src/${layer}/`)

const arrows = Object.entries(mayImport).map(([layer, allowed]) => ({
  name: `arrow-${layer}`,
  comment: `${layer} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: place(layer), pathNot: testFile },
  to: {
    path: '^(src|test|bench|scripts|bin)/',
    pathNot: [layer, ...allowed].map(place),
    // Types of the nouns cost nothing at run time, and the machine may speak of them.
    ...(layer === 'runtime' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}))

export default {
  forbidden: [
    ...arrows,
    {
      name: 'arrow-runtime-types',
      comment: 'runtime may import types of model, and nothing else of ours.',
      severity: 'error',
      from: { path: place('runtime'), pathNot: testFile },
      to: { path: '^(src|test|bench|scripts|bin)/', pathNot: [place('runtime'), place('model')] },
    },
    {
      name: 'config-is-alone',
      comment: 'The table of settings imports nothing of ours, so that anything can print it.',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^(src|test|bench|scripts)/' },
    },
    {
      name: 'app-is-for-main-and-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main\\.ts|app\\.ts|cli/)', testFile] },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { pathNot: '^bin/hookline\\.js$' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'cli-is-for-main',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main\\.ts|cli/)', testFile] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'console-speaks-http',
      comment:
        'The console knows the server by its public API only, and the server does not know the console.',
      severity: 'error',
      from: { path: '^console/', pathNot: testFile },
      to: { path: '^(src|test|bench|scripts|bin)/' },
    },
    {
      name: 'nothing-imports-the-console',
      severity: 'error',
      from: { path: '^(src|bin|bench)/' },
      to: { path: '^console/' },
    },
    {
      name: 'console-data-draws-nothing',
      comment: 'data/ owns resources; pages fetch and arrange; parts draw.',
      severity: 'error',
      from: { path: '^console/data/' },
      to: { path: '^console/', pathNot: '^console/(data|i18n)/' },
    },
    {
      name: 'console-parts-know-no-pages',
      severity: 'error',
      from: { path: '^console/parts/' },
      to: { path: '^console/', pathNot: '^console/(parts|data|i18n)/' },
    },
    {
      name: 'console-parts-fetch-nothing',
      comment:
        'Parts get what they draw; of the resources they know the words of the catalogue, who is signed in, the search that stands on every page, and types.',
      severity: 'error',
      from: { path: '^console/parts/', pathNot: testFile },
      to: {
        path: '^console/data/',
        pathNot: '^console/data/(catalogue|session|client|condition|json|names|search)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment:
        'What runs in production has no cycles, not even of types: two files that need each other are one thought.',
      severity: 'error',
      from: { path: '^(src|bin|console)/', pathNot: testFile },
      to: { circular: true },
    },
    {
      name: 'no-cycles-at-run-time',
      comment: 'Elsewhere types may point back: a suite is made of parts that speak of the suite.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-layers-do-nothing-outside',
      comment: 'Pure code has no files, network, processes, threads or randomness.',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/`, pathNot: testFile },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(child_process|cluster|crypto|dgram|dns|fs|http|http2|https|net|os|process|sqlite|timers|tls|worker_threads)(/|$)',
      },
    },
    {
      name: 'source-imports-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: testFile },
      to: { path: ['^(test|bench|scripts)/', testFile] },
    },
    {
      name: 'no-tools-in-production',
      comment: 'What runs in production imports no development dependency.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testFile },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-listed-packages',
      severity: 'error',
      from: { path: '^(src|bin|test|bench|scripts)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API for other programs yet, which dependency-cruiser says on stderr at every run; swc reads the
    // same syntax.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(data|coverage|dist)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}

/** Reports to `npm test`, over the channel between the two processes, how each file ended. */
const testsOf = (suite, names = []) => {
  const here = [...names, ...(suite?.name ? [suite.name] : [])];
  return [
    ...(suite?.tests ?? []).map((test) => ({ ...test, name: [...here, test.name].join(' > ') })),
    ...(suite?.suites ?? []).flatMap((inner) => testsOf(inner, here)),
  ];
};

export const report = () => {
  // The run has died, and nobody waits for the browser any more.
  process.on('disconnect', () => process.exit(1));
  const started = new Map();
  const sent = [];
  return {
    start({ testFiles, startTime }) {
      for (const file of testFiles) started.set(file, startTime);
    },
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      for (const { testResults, errors, request404s } of sessionsForTestFile) {
        const tests = testsOf(testResults);
        const failed = tests.filter(({ passed, skipped }) => !passed && !skipped);
        const texts = ({ error }) => [error?.message, error?.stack].filter(Boolean).join('\n');
        const failures = failed.map((test) => ({ test: test.name, text: texts(test) }));
        for (const error of errors) failures.push({ test: 'the page', text: texts({ error }) });
        if (failures.length) for (const path of request404s) failures.push({ test: 'the page', text: `not found: ${path}` });
        const ms = sent.at(-1) ? Date.now() - sent.at(-1) : Date.now() - started.get(testFile);
        sent.push(Date.now());
        process.send?.({
          file: testFile,
          ms,
          passed: tests.filter(({ passed }) => passed).length,
          skipped: tests.filter(({ skipped }) => skipped).length,
          failures,
        });
      }
    },
  };
};

/** The globals that web-test-runner adds to the page of a test; its own package of types is not among our dependencies. */
type TestBody = () => unknown;
declare function describe(title: string, suite: () => void): void;
declare function it(title: string, test: TestBody): void;
declare function before(hook: TestBody): void;
declare function beforeEach(hook: TestBody): void;
declare function after(hook: TestBody): void;
declare function afterEach(hook: TestBody): void;

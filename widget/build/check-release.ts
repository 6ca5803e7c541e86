/** What must be true before a version is released: its number, its chapter in the changelog, and the state of the repository. */

export interface ReleaseState {
  /** Of package.json. */
  version: string;
  /** Of package-lock.json. */
  lockedVersion: string;
  /** The text of CHANGELOG.md. */
  changelog: string;
  /** The day of the release, as in `2026-11-30`. */
  today: string;
  /** `git status --porcelain`. */
  changes: string;
  branch: string;
  /** All tags, such as `v0.2.0`. */
  tags: readonly string[];
}

/** @returns One sentence for each thing that is in the way; nothing where it may be released. */
export function whyNotReleased({ version, lockedVersion, changelog, today, changes, branch, tags }: ReleaseState): string[] {
  const chapter = chapterOf(changelog, version);
  const unreleased = chapterOf(changelog, 'Unreleased');
  const obstacles: (string | false)[] = [
    !/^\d+\.\d+\.\d+$/.test(version) && `package.json: ${version} is no version such as 1.0.0.`,
    lockedVersion !== version &&
      `package-lock.json is of ${lockedVersion}: "npm version ${version} --no-git-tag-version" changes both.`,
    branch !== 'main' && `The branch is ${branch}, and releases are made from main.`,
    changes !== '' && 'There are changes that are not committed.',
    tags.includes(`v${version}`) && `There is a tag v${version} already: give package.json the next version.`,
    chapter === null && `CHANGELOG.md has no chapter "## [${version}] - ${today}".`,
    chapter !== null &&
      chapter.date !== today &&
      `CHANGELOG.md dates ${version} ${chapter.date || 'nowhere'}, and today is ${today}.`,
    chapter !== null && chapter.text === '' && `CHANGELOG.md says nothing about ${version}.`,
    unreleased !== null &&
      unreleased.text !== '' &&
      'CHANGELOG.md has an "Unreleased" chapter: give it the version and the date.',
  ];
  return obstacles.filter((sentence) => sentence !== false);
}

/** The chapter of a version: its date, and what it says. */
export function chapterOf(changelog: string, version: string): { date: string; text: string } | null {
  const chapters = changelog.split(/^## /m).slice(1);
  const [head = '', ...lines] = (chapters.find((one) => one.startsWith(`[${version}]`)) ?? '').split('\n');
  if (head === '') return null;
  return { date: /- (\d{4}-\d{2}-\d{2})$/.exec(head.trim())?.[1] ?? '', text: lines.join('\n').trim() };
}

/** @returns the changelog with what is unreleased as the chapter of this version */
export const withVersion = (changelog: string, version: string, today: string): string =>
  changelog.replace(/^## \[Unreleased\]$/m, `## [${version}] - ${today}`);

/** Languages of sample code, which the documentation shows beside HTTP in tabs. */
const LANGUAGES =
  /^(?:c|c#|cli|cpp|csharp|curl|go|java|javascript|js|kotlin|msgraph-cli|objc|objective-c|php|powershell|python|ruby|swift|typescript)$/i;

/** Whether a tab shows sample code in a programming language, which says nothing about traffic. */
export function isSampleTab(name: string): boolean {
  return LANGUAGES.test(name.trim());
}

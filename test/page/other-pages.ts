/** Made-up pages of the same family about other subjects, each with something unusual. */
export const OTHER_PAGES: Record<string, string> = {
  'a list, with its permissions in another file': `---
title: List robots
ms.date: 2024-05-01
doc_type: apiPageType
---

# List robots

Namespace: microsoft.graph

[!INCLUDE [beta](../../includes/beta.md)]

Gets the robots. [!INCLUDE [more](../includes/more.md)] There may be many.

## Permissions

[!INCLUDE [permissions-table](../includes/permissions/robots.md)]

## HTTP request

<!-- { "blockType": "ignored" } -->
\`\`\`http
GET /me/robots
GET /users/{id | userPrincipalName}/robots
\`\`\`

## Optional query parameters

Supports \`$top\`, e.g. for pages. It supports \`$filter\` too.

## Example

# [HTTP](#tab/http)
<!-- { "blockType": "request", "name": "list_robots", } -->
\`\`\`msgraph-interactive
GET https://graph.microsoft.com/v1.0/me/robots?$filter=startsWith(name, 'a')
    &$top=5
\`\`\`

# [C#](#tab/csharp)
\`\`\`csharp
var robots = await client.Me.Robots.GetAsync();
\`\`\`
---

<!-- { "blockType": "response", "@odata.type": "Collection(microsoft.graph.robot)", "isCollection": true } -->
\`\`\`http
HTTP/1.1 200 OK
Content-type: application/json

{
  "value": [ { "id": "1" }, ... ]
}
\`\`\`
`,
  'a deletion without bodies, with line ends of Windows': [
    '\uFEFF# robot: switch off',
    '',
    'Switches it off.',
    '',
    '> [!IMPORTANT]',
    '> There is no way back.',
    '',
    '## HTTP request',
    '```http',
    'DELETE /robots/{id}',
    '```',
    '## Examples',
    '### Request',
    '<!-- {"blockType": "request", "name": "off"} -->',
    '```http',
    'DELETE https://graph.microsoft.com/v1.0/robots/7',
    'Prefer: quiet',
    '\tthis is no header',
    '```',
    '### Response',
    '<!-- {"blockType": "response"} -->',
    '```http',
    'HTTP/1.1 204 No Content',
    '```',
    '',
    ':::image type="content" source="off.png":::',
    '',
    '<div>only seen in a browser</div>',
    '',
  ].join('\r\n'),
  'a subscription with a notification and an error, cut off': `# Create a watch

## HTTP request
\`\`\` http
POST /watches
\`\`\`

| Property | Description |
|:--|:--|
| name | Its name. It is needed. |

## Examples

### Example 1: It works
#### Request
\`\`\`http
POST https://graph.microsoft.com/v1.0/watches
Content-type: application/json
{
\t"name": "a"
}
\`\`\`
#### Response
\`\`\`http
HTTP/1.1 201 Created
Content-type: application/json

{ "id": "w" }
\`\`\`
#### Notification
\`\`\`http
POST https://you.example/hook
\`\`\`
\`\`\`json
{ "value": [ { "resource": "watches/w" } ] }
\`\`\`

### Example 2: It does not
\`\`\`http
POST https://graph.microsoft.com/v1.0/watches

not JSON at all
\`\`\`
\`\`\`http
this is neither request nor response
\`\`\`
<!-- {"blockType": "response"} -->
\`\`\`http
HTTP/1.1 400 Bad Request

{ "error": { "code": "bad", "message": "No." } }
`,
};

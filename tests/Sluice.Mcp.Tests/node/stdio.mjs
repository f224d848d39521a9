// Drives a server over stdio with the official TypeScript SDK and writes what it saw as one line of JSON.
// Arguments: the command of the server and its arguments.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema, ProgressNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const [command, ...args] = process.argv.slice(2);

async function connect(capabilities, decision) {
  const client = new Client({ name: 'typescript-test', version: '1.0.0' }, { capabilities });
  const asked = [];
  if (capabilities.elicitation) {
    client.setRequestHandler(ElicitRequestSchema, async request => {
      asked.push(request.params);
      return decision === 'decline' ? { action: 'decline' } : { action: 'accept', content: { decision, comment: 'said the user' } };
    });
  }

  const transport = new StdioClientTransport({ command, args, stderr: 'pipe' });
  let errors = '';
  const waitStopped = new Promise(resolve => transport.stderr.on('data', data => {
    errors += data;
    if (errors.includes('wait was cancelled')) resolve(true);
  }));
  await client.connect(transport);
  return { client, asked, waitStopped };
}

const call = (client, name, args = {}, options) => client.callTool({ name, arguments: args }, undefined, options);
const failure = async promise => promise.then(() => null, error => ({ code: error.code, message: error.message }));
const seen = {};

{
  const { client, waitStopped } = await connect({});
  seen.server = client.getServerVersion();
  seen.tools = (await client.listTools()).tools;
  seen.sum = await call(client, 'add', { a: 2, b: 3 });
  seen.text = await call(client, 'test_simple_text');
  seen.wrongArguments = await call(client, 'add', { a: 'two' });
  seen.thrown = await call(client, 'test_error_handling');
  seen.unknownTool = await failure(call(client, 'no_such_tool'));
  seen.agentTool = await failure(call(client, 'call_agent', { agent: 'helper', prompt: 'x' }));
  seen.gatedWithoutElicitation = await call(client, 'post_entry', { amount: 1 });

  // Not by way of onprogress, which forgets the steps that arrive together with the result.
  let onStep;
  client.setNotificationHandler(ProgressNotificationSchema, ({ params }) => onStep(params));
  seen.progress = [];
  onStep = step => seen.progress.push(step);
  await client.callTool({ name: 'test_tool_with_progress', arguments: {}, _meta: { progressToken: 'progress' } });

  const abort = new AbortController();
  onStep = () => abort.abort('enough');
  const waiting = client.callTool({ name: 'wait', arguments: {}, _meta: { progressToken: 'wait' } }, undefined, { signal: abort.signal });
  seen.cancelled = await failure(waiting);
  seen.stopped = await waitStopped;

  const handle = (await call(client, 'find_products')).structuredContent;
  seen.templates = (await client.listResourceTemplates()).resourceTemplates;
  seen.resource = await client.readResource({ uri: `sluice://reference/${handle.kind}/${handle.id}` });
  seen.unknownResource = await failure(client.readResource({ uri: `sluice://reference/${handle.kind}/ref-0` }));
  seen.foreignResource = await failure(client.readResource({ uri: 'file:///etc/passwd' }));
  await client.close();
}

for (const decision of ['approve', 'reject', 'decline']) {
  const { client, asked } = await connect({ elicitation: { form: {} } }, decision);
  seen[decision] = { result: await call(client, 'post_entry', { amount: 7 }), asked };
  await client.close();
}

console.log(JSON.stringify(seen));

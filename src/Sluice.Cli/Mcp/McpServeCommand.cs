using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Mcp;

/// <summary><c>sluice mcp serve</c>: lets clients call tools, until it is stopped.</summary>
internal sealed class McpServeCommand : SluiceCommand
{
    private readonly ServedOptions _served = new();
    private readonly HttpAddressOptions _address = new();
    private readonly Option<McpTransport> _transport = new("--transport") { Description = "stdio (the default): the client starts this command. http: clients reach it under an address.", HelpName = "stdio|http" };

    private readonly Option<McpApprovals> _approvals = new("--approvals")
    {
        Description = "What becomes of calls that need an approval: ask (the default) the client's user, where the client can; refuse or approve all.",
        HelpName = "ask|refuse|approve",
    };

    private readonly Option<bool> _values = new("--reference-values") { Description = "Let clients read whole values of references, not only glimpses." };

    public McpServeCommand(Shell shell)
        : base(
            shell, "serve", "Serves tools to clients of the Model Context Protocol, until it is stopped.",
            "sluice mcp serve --app MyAgents.csproj --agent analyst",
            "sluice mcp serve --toolkit catalog --toolkit references --data-environment sluice.data.yaml",
            "sluice mcp serve --spec runtime.json --database chinook.db --transport http --port 4112")
    {
        _transport.AcceptOnlyFromAmong(StringComparer.Ordinal, "stdio", "http");
        _approvals.AcceptOnlyFromAmong(StringComparer.Ordinal, "ask", "refuse", "approve");
        foreach (var option in (IEnumerable<Option>)[.. _served.All, _transport, .. _address.All, _approvals, _values]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Format != OutputFormat.Text) throw new WrongUseException("A server has no result, and so no --output.", "leave --output out");
        var address = ReadAddress(invocation);
        // What an app writes to the console would be taken for the protocol.
        if (address is null) Console.SetOut(Console.Error);
        var (agents, agent) = await _served.OpenAsync(invocation, cancellationToken);
        await using (agents)
        {
            var serving = new McpServingOptions { Approvals = invocation.Get(_approvals), ReferenceValues = invocation.Get(_values) };
            try
            {
                if (address is null) await agents.Runtime.ServeMcpStdioAsync(agent, serving, cancellationToken);
                else await HttpServing.RunAsync(agents.Runtime, agent, address, serving, url => Tell(invocation, agent, url), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // To be stopped is how a server ends.
            }
        }

        return ExitCode.Done;
    }

    private HttpAddress? ReadAddress(Invocation invocation)
    {
        if (invocation.Get(_transport) == McpTransport.Http) return _address.Read(invocation);
        _address.RequireNone(invocation);
        return null;
    }

    private static void Tell(Invocation invocation, string agent, string url) =>
        invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Serving the tools of '{agent}' at {url}. Ctrl+C stops it."));
}

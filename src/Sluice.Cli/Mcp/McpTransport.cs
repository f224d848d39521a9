namespace Sluice.Cli.Mcp;

/// <summary>What carries the messages of clients.</summary>
internal enum McpTransport
{
    /// <summary>Standard input and output: the client starts the program.</summary>
    Stdio,

    /// <summary>Streamable HTTP.</summary>
    Http,
}

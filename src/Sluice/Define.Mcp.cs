namespace Sluice;

public static partial class Define
{
    /// <summary>An MCP server whose tools agents may call: a program that is started, or an address. Exactly one of the two is given.</summary>
    /// <param name="name">The name by which agents choose it, <c>^[a-zA-Z0-9_-]{1,32}$</c>.</param>
    /// <param name="command">The program that serves over standard input and output.</param>
    /// <param name="arguments">The program's arguments. Other users of the machine can see them: they are no place for keys.</param>
    /// <param name="url">The http or https address of a Streamable HTTP endpoint.</param>
    /// <param name="environmentVariables">Names of environment variables to pass on to the program, beside <c>PATH</c> and the like.</param>
    /// <param name="workingDirectory">The program's working directory; null: the host's.</param>
    /// <param name="bearerTokenEnv">The environment variable with the token to send as <c>Authorization: Bearer</c>.</param>
    /// <param name="headersEnv">Further headers of every request: by name, the environment variable with the value.</param>
    /// <param name="prefix">What precedes the names of its tools; null: the name and <c>_</c>.</param>
    /// <param name="tools">The tools to keep, by the server's own names; null: all.</param>
    /// <param name="approval">The approval policy of all its tools; null: broader rules decide, in the end never.</param>
    /// <param name="trustAnnotations">Whether what the server says of its tools' effects is believed. Default: every tool has side effects.</param>
    /// <param name="connectTimeout">The longest that connecting may take; null: 30 seconds. Positive.</param>
    /// <param name="callTimeout">The longest one call may take; null: 60 seconds. Positive.</param>
    public static McpServerSpec McpServer(
        string name,
        string? command = null,
        IReadOnlyList<string>? arguments = null,
        string? url = null,
        IReadOnlyList<string>? environmentVariables = null,
        string? workingDirectory = null,
        string? bearerTokenEnv = null,
        IReadOnlyDictionary<string, string>? headersEnv = null,
        string? prefix = null,
        IReadOnlyList<string>? tools = null,
        ApprovalPolicy? approval = null,
        bool trustAnnotations = false,
        TimeSpan? connectTimeout = null,
        TimeSpan? callTimeout = null) => new()
        {
            Name = name,
            Command = command,
            Arguments = arguments ?? [],
            Url = url,
            EnvironmentVariables = environmentVariables ?? [],
            WorkingDirectory = workingDirectory,
            BearerTokenEnv = bearerTokenEnv,
            HeadersEnv = headersEnv ?? new Dictionary<string, string>(),
            Prefix = prefix!,
            Tools = tools,
            Approval = approval,
            TrustAnnotations = trustAnnotations,
            ConnectTimeout = connectTimeout,
            CallTimeout = callTimeout,
        };
}

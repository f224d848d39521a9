namespace Sluice;

/// <summary>
/// A server of the Model Context Protocol whose tools agents may call: a program that the host starts (<see cref="Command"/>), or an address
/// (<see cref="Url"/>). No value of a secret stands here, only the names of environment variables that hold them.
/// </summary>
public sealed record McpServerSpec
{
    /// <summary>How long connecting may take when nothing is said: 30 seconds.</summary>
    public static TimeSpan DefaultConnectTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take when nothing is said: 60 seconds.</summary>
    public static TimeSpan DefaultCallTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The name by which agents choose the server, <c>^[a-zA-Z0-9_-]{1,32}$</c>, unique in the runtime.</summary>
    public required string Name { get; init; }

    /// <summary>The program that serves over standard input and output; null: the server is at <see cref="Url"/>.</summary>
    public string? Command { get; init; }

    /// <summary>The program's arguments. Other users of the machine can see them: they are no place for keys. Default: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// Names of environment variables to pass on to the program. Beside them it gets those that any program needs, such as <c>PATH</c> and
    /// <c>HOME</c>, and no others. Default: none.
    /// </summary>
    public IReadOnlyList<string> EnvironmentVariables { get; init; } = [];

    /// <summary>The program's working directory; null: the host's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The http or https address of a Streamable HTTP endpoint, without keys; null: the server is <see cref="Command"/>.</summary>
    public string? Url { get; init; }

    /// <summary>The environment variable with the token to send as <c>Authorization: Bearer</c>; null: none is sent.</summary>
    public string? BearerTokenEnv { get; init; }

    /// <summary>Further headers of every request: by name, the environment variable with the value. Default: none.</summary>
    public IReadOnlyDictionary<string, string> HeadersEnv { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What precedes the server's own names of its tools, <c>^[a-zA-Z0-9_-]{1,48}$</c>. No other tool of the spec, no built-in tool and no
    /// other server's prefix may begin with it. Default: the name and <c>_</c>.
    /// </summary>
    public string Prefix
    {
        get => field ?? $"{Name}_";
        init;
    }

    /// <summary>The tools to keep, by the server's own names; null: all.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>The approval policy of all its tools; null: it sets none, and broader rules decide.</summary>
    public ApprovalPolicy? Approval { get; init; }

    /// <summary>
    /// Whether what the server says of its tools' effects is believed. Default: false, every tool is a <see cref="ToolEffect.SideEffect"/>.
    /// </summary>
    public bool TrustAnnotations { get; init; }

    /// <summary>The longest that connecting, with the reading of its tools, may take. Positive; null: <see cref="DefaultConnectTimeout"/>. Milliseconds on the wire.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>The longest one call may take. Positive; null: <see cref="DefaultCallTimeout"/>. Milliseconds on the wire.</summary>
    public TimeSpan? CallTimeout { get; init; }
}

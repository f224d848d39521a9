using System.CommandLine;
using System.Globalization;
using Sluice.Cli.CommandLine;
using Sluice.Studio.Hosting;

namespace Sluice.Cli.Serve;

/// <summary>The options that say where and how Studio is served. It is this machine's alone unless they say otherwise.</summary>
internal sealed class StudioServingOptions
{
    private const string Sqlite = "sqlite:";

    private readonly Option<string?> _host = new("--host")
    {
        Description = "The address to listen on. Default: 127.0.0.1, which only this machine reaches. Any other needs --auth-token-env.",
        HelpName = "ADDRESS",
    };

    private readonly Option<int?> _port = NumberOption.CreateOptional(
        "--port", "N", $"The port, 0 to 65535; 0 is any that is free. Default: {StudioOptions.DefaultPort}, or the next of twenty that is free.", 0, 65535);

    private readonly Option<string?> _token = new("--auth-token-env")
    {
        Description = "The environment variable that holds the token that everybody has to bring; at least 16 characters.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _names = new("--allowed-host")
    {
        Description = "A name under which others reach the server, as requests say in Host. Repeatable. Default: the address, and localhost.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _store = new("--store") { Description = "The file of runs, approvals and tests. Default: .sluice/studio.db.", HelpName = "PATH" };
    private readonly Option<bool> _noStudio = new("--no-studio") { Description = "Serve the API alone, without the page." };

    public IEnumerable<Option> All => [_host, _port, _token, _names, _store, _noStudio];

    /// <summary>Reads them.</summary>
    /// <exception cref="WrongUseException">They cannot be meant so, or would let everybody in.</exception>
    /// <exception cref="SluiceException"><c>port_in_use</c>: somebody listens on the port that is named.</exception>
    public StudioOptions Read(Invocation invocation)
    {
        var options = new StudioOptions
        {
            Port = invocation.Get(_port),
            AuthToken = ReadToken(invocation),
            AllowedHosts = invocation.Get(_names) ?? [],
            ServePage = !invocation.Get(_noStudio),
        };
        if (invocation.Get(_host) is { } host) options = options with { Host = host };
        if (invocation.Get(_store) is { } store) options = options with { StorePath = ReadStore(store) };
        try
        {
            StudioServer.EnsureStartable(options);
            return options;
        }
        catch (SpecValidationException invalid) when (invalid.Code == ErrorCodes.InvalidOptions)
        {
            throw new WrongUseException(string.Join(' ', invalid.Errors.Select(error => error.Message)), invocation.Help);
        }
    }

    /// <summary>What a command line says to serve in the same way, on a port that is known by now.</summary>
    public IReadOnlyList<string> Arguments(Invocation invocation, int? port) =>
    [
        .. invocation.Get(_host) is { } host ? [_host.Name, host] : Array.Empty<string>(),
        .. port is { } known ? [_port.Name, known.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. invocation.Get(_token) is { } token ? [_token.Name, token] : Array.Empty<string>(),
        .. (invocation.Get(_names) ?? []).SelectMany(name => new[] { _names.Name, name }),
        .. invocation.Get(_store) is { } store ? [_store.Name, store] : Array.Empty<string>(),
        .. invocation.Get(_noStudio) ? [_noStudio.Name] : Array.Empty<string>(),
    ];

    private static string ReadStore(string given)
    {
        var path = given.StartsWith(Sqlite, StringComparison.Ordinal) ? given[Sqlite.Length..] : given;
        return path.Contains("://", StringComparison.Ordinal)
            ? throw new WrongUseException("--store: Studio keeps what it has in a file.", "--store takes a path; an app that opens its own storage keeps its runs there")
            : path;
    }

    private string? ReadToken(Invocation invocation)
    {
        if (invocation.Get(_token) is not { } variable) return null;
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } token
            ? token
            : throw new WrongUseException($"--auth-token-env: The variable '{variable}' is not set.", "set it to a long random text");
    }
}

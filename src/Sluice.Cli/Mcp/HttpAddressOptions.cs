using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Mcp;

/// <summary>The options that say where a server listens. It is this machine's alone unless they say otherwise.</summary>
internal sealed class HttpAddressOptions
{
    private const int DefaultPort = 4112;
    private const string DefaultPath = "/mcp";

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly Option<string?> _host = new("--host")
    {
        Description = "The address to listen on. Default: 127.0.0.1, which only this machine reaches. Any other needs --token-env.",
        HelpName = "ADDRESS",
    };

    private readonly Option<int?> _port = NumberOption.CreateOptional("--port", "N", $"The port, 0 to 65535; 0 is a free one. Default: {DefaultPort}.", 0, 65535);
    private readonly Option<string?> _path = new("--path") { Description = $"The path of the endpoint. Default: {DefaultPath}.", HelpName = "PATH" };
    private readonly Option<string?> _token = new("--token-env") { Description = "The environment variable that holds the token that requests must bear.", HelpName = "NAME" };
    private readonly Option<string[]> _names = new("--allowed-host")
    {
        Description = "A name under which others reach the server, as requests say in Host. Repeatable. Default: the address, and localhost.",
        HelpName = "NAME",
    };

    public IEnumerable<Option> All => [_host, _port, _path, _token, _names];

    /// <summary>Makes sure that none is given where nothing listens.</summary>
    /// <exception cref="WrongUseException">One is.</exception>
    public void RequireNone(Invocation invocation)
    {
        if (invocation.FirstGiven(All) is { } option) throw new WrongUseException($"{option.Name} is for --transport http.", "add --transport http, or leave it out");
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="WrongUseException">They cannot be meant so, or would let everybody in.</exception>
    public HttpAddress Read(Invocation invocation)
    {
        var (host, token, names) = (ReadHost(invocation), ReadToken(invocation), invocation.Get(_names) ?? []);
        if (!IPAddress.IsLoopback(host) && token is null)
            throw new WrongUseException($"Others than this machine reach --host {host}, and without a token whoever does may call every tool.", "add --token-env NAME, or leave --host out");
        if (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any))
        {
            if (names.Length == 0) throw new WrongUseException($"--host {host} is every address of this machine, and requests name one of them.", "add --allowed-host with the name that clients use");
        }
        else
        {
            names = [.. names, NameOf(host)];
        }

        return new(host, invocation.Get(_port) ?? DefaultPort, ReadPath(invocation), [.. LocalNames.Union(names, StringComparer.OrdinalIgnoreCase)], token);
    }

    private IPAddress ReadHost(Invocation invocation) => invocation.Get(_host) switch
    {
        null or "localhost" => IPAddress.Loopback,
        var given when IPAddress.TryParse(given, out var address) => address,
        var given => throw new WrongUseException($"--host is '{given}', and is to be an address of this machine, such as 127.0.0.1.", "names are for --allowed-host"),
    };

    private string ReadPath(Invocation invocation)
    {
        var path = invocation.Get(_path) ?? DefaultPath;
        return path[0] == '/' && path.IndexOfAny(['{', '}', '*', '?', '#', ' ']) < 0
            ? path
            : throw new WrongUseException($"--path is '{path}', and is to begin with / and to be a plain path.", "for example --path /mcp");
    }

    private string? ReadToken(Invocation invocation)
    {
        if (invocation.Get(_token) is not { } variable) return null;
        return Environment.GetEnvironmentVariable(variable) is { } token && !string.IsNullOrWhiteSpace(token)
            ? token.Trim()
            : throw new WrongUseException($"--token-env: The variable '{variable}' is not set.", "set it to a long random text, which clients send as 'Authorization: Bearer …'");
    }

    private static string NameOf(IPAddress host) => host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host.ToString();
}

using System.Net;

namespace Sluice.Studio.Hosting;

/// <summary>Finds options that cannot be used, all of them together.</summary>
internal static class StudioOptionChecks
{
    /// <summary>Refuses options that cannot be used.</summary>
    /// <exception cref="SpecValidationException"><c>invalid_options</c>: all of them are listed.</exception>
    public static void EnsureValid(StudioOptions options)
    {
        var problems = new List<SpecError>();
        if (options.Port is < 0 or > 65535) problems.Add(new("out_of_range", "port", $"The port is {options.Port}: from 0 to 65535."));
        if (options.AuthToken is { } token && (token.Length < 16 || token.Any(character => character is <= ' ' or > '~' or ';' or ',')))
            problems.Add(new("invalid_token", "authToken", "The token has at least 16 characters: letters, digits and signs other than ',' and ';'."));
        if (AddressOf(options.Host) is not { } address)
            problems.Add(new("invalid_host", "host", $"'{options.Host}' is no address to listen on: localhost, or an IP address such as 127.0.0.1 or 0.0.0.0 (all)."));
        else if (options.AuthToken is null && !IPAddress.IsLoopback(address))
            problems.Add(new("token_required", "host", $"'{options.Host}' can be reached from other machines: set a token too, or listen on 127.0.0.1."));
        foreach (var (host, index) in options.AllowedHosts.Select((host, index) => (host, index)))
        {
            if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
                problems.Add(new("invalid_host", $"allowedHosts[{index}]", $"'{host}' is no name of a host: give it without scheme, port and path, such as studio.example."));
        }

        if (string.IsNullOrWhiteSpace(options.StorePath)) problems.Add(new("blank", "storePath", "The path of the store is empty."));
        if (options.FilesRoot is { } root && (string.IsNullOrWhiteSpace(root) || !Directory.Exists(root)))
            problems.Add(new("missing_folder", "filesRoot", $"There is no folder '{root}'."));
        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);
    }

    /// <summary>What to listen on; null: the text names no address.</summary>
    public static IPAddress? AddressOf(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;
}

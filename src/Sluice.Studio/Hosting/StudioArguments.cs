using System.Globalization;

namespace Sluice.Studio.Hosting;

/// <summary>What a command line says of how Studio is served.</summary>
/// <param name="Options">How.</param>
/// <param name="ShowHelp">Whether only the help is asked for.</param>
internal sealed record StudioArguments(StudioOptions Options, bool ShowHelp)
{
    public const string Help = """
        Studio: a page to try, watch, approve and test the agents of this app.

          --host ADDRESS         What to listen on. Default: 127.0.0.1, this machine alone; another address needs a token.
          --port NUMBER          The port; 0: any that is free. Default: 4111, or the next of twenty that is free.
          --auth-token-env NAME  The environment variable with the token that everybody has to bring; at least 16 characters.
          --store PATH           The file of runs, approvals and tests. Default: .sluice/studio.db
          --no-page              Serves the API alone.
          --help                 This text.
        """;

    private static readonly string[] Names = ["--auth-token-env", "--help", "--host", "--no-page", "--port", "--store"];

    /// <summary>Reads it; every problem is added to <paramref name="problems"/>.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="problems">What is wrong.</param>
    public static StudioArguments Read(IReadOnlyList<string> arguments, Func<string, string?> environment, ICollection<string> problems)
    {
        var (options, help) = (new StudioOptions(), false);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var parts = argument.Split('=', 2);
            var (name, given) = (parts[0] == "-h" ? "--help" : parts[0], parts.Length == 2 ? parts[1] : null);
            if (!Names.Contains(name)) problems.Add($"There is no option '{name}'. The options are: {string.Join(", ", Names)}.");
            else if (!seen.Add(name)) problems.Add($"Option '{name}' is given twice.");
            switch (name)
            {
                case "--help" or "--no-page" when given is not null: problems.Add($"Option '{name}' takes no value."); break;
                case "--help": help = true; break;
                case "--no-page": options = options with { ServePage = false }; break;
                case "--host" when Value() is { } host: options = options with { Host = host }; break;
                case "--store" when Value() is { } path: options = options with { StorePath = path }; break;
                case "--port" when Value() is { } port: options = options with { Port = ReadPort(port, problems) }; break;
                case "--auth-token-env" when Value() is { } variable: options = options with { AuthToken = ReadToken(variable, environment, problems) }; break;
            }

            string? Value()
            {
                var value = given ?? (rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) ? rest.Dequeue() : null);
                if (string.IsNullOrEmpty(value)) problems.Add($"Option '{name}' needs a value.");
                return string.IsNullOrEmpty(value) ? null : value;
            }
        }

        return new(options, help);
    }

    private static int? ReadPort(string text, ICollection<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535) return port;
        problems.Add($"Option '--port' is '{text}': a number from 0 to 65535.");
        return null;
    }

    private static string? ReadToken(string variable, Func<string, string?> environment, ICollection<string> problems)
    {
        if (environment(variable) is { Length: > 0 } token) return token;
        problems.Add($"Option '--auth-token-env' names '{variable}', which is not set in the environment.");
        return null;
    }
}

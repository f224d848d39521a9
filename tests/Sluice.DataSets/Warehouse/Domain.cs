namespace Sluice.DataSets.Warehouse;

/// <summary>A part of the company with its own way of naming things.</summary>
/// <param name="Name">Its name in words.</param>
/// <param name="Style">How it names tables and columns.</param>
/// <param name="Entities">What it keeps records of.</param>
internal sealed record Domain(string Name, NamingStyle Style, IReadOnlyList<Entity> Entities)
{
    /// <summary>Reads the vocabulary.</summary>
    public static IReadOnlyList<Domain> ReadAll()
    {
        using var stream = typeof(Domain).Assembly.GetManifestResourceStream("vocabulary.txt")!;
        using var reader = new StreamReader(stream);
        var domains = new List<Domain>();
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line[0] == '#') continue;
            if (line[0] == '=')
            {
                var words = line[2..].Split(' ');
                domains.Add(new(string.Join(' ', words[..^1]), Enum.Parse<NamingStyle>(words[^1], ignoreCase: true), new List<Entity>()));
                continue;
            }

            var (name, attributes) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..]);
            ((List<Entity>)domains[^1].Entities).Add(new(name, attributes.Split(',', StringSplitOptions.TrimEntries)));
        }

        return domains;
    }
}

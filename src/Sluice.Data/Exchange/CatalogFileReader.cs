using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Sluice.Data.Opening;
using Sluice.Data.Reading;
using Sluice.Json;

namespace Sluice.Data.Exchange;

/// <summary>Reads what the lines of a file say, and reports what is wrong with them, each problem with its line.</summary>
internal sealed class CatalogFileReader(CatalogFile file, SettingsProblems problems)
{
    private const int MostProblems = 50;

    /// <summary>What the first line says; null until it was read, and when it is wrong.</summary>
    public ExchangeHeader? Header { get; private set; }

    /// <summary>The entries that can be read. Ends early where the header is wrong or there are too many problems.</summary>
    public async IAsyncEnumerable<(int Line, CatalogEntry Entry)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in file.ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"line {++number}";
            if (problems.Count >= MostProblems)
            {
                problems.Add("too_many_problems", path, $"Reading stopped before this line. Correct the {MostProblems} problems above first.");
                yield break;
            }

            if (number > 1 && line is { Length: 0 }) continue;
            var value = Parse(line, path);
            if (number == 1)
            {
                Header = value is { } first ? ExchangeHeader.Read(first, path, problems) : null;
                if (Header is null) yield break;
            }
            else if (value is { } item && EntryReader.Read(item, path, problems) is { } entry && CatalogRules.CheckTexts(entry, path, problems))
            {
                yield return (number, entry);
            }
        }

        if (number == 0) problems.Add("unknown_file_kind", "line 1", "The file is empty. An export has a first line that says what it is.");
    }

    private JsonElement? Parse(byte[]? line, string path)
    {
        if (line is null)
        {
            problems.Add(SpecErrorCodes.InvalidValue, path, $"The line has more than {CatalogFile.MostLineBytes} bytes. Each entry is a line of its own.");
            return null;
        }

        if (!Utf8.IsValid(line))
        {
            problems.Add(SpecErrorCodes.InvalidJson, path, "The line is no UTF-8. Save the file as UTF-8.");
            return null;
        }

        try
        {
            return SluiceJson.Parse(line);
        }
        catch (JsonException exception)
        {
            problems.Add(
                SpecErrorCodes.InvalidJson, path,
                $"The line is not well formed JSON from byte {(exception.BytePositionInLine ?? 0) + 1} on, names a member twice, or nests deeper than {SluiceJson.MaxDepth} levels.");
            return null;
        }
    }
}

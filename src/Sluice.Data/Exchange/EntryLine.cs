using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Data.Exchange;

/// <summary>An entry as a line of a file.</summary>
internal static class EntryLine
{
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes an entry and the end of its line.</summary>
    /// <exception cref="SluiceException">It could not be read again (<c>invalid_catalog_file</c>).</exception>
    public static void Write(CatalogEntry entry, IBufferWriter<byte> output)
    {
        try
        {
            CanonicalJson.Write(SluiceJson.Detach(JsonSerializer.SerializeToElement(entry, Options)), output);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new SluiceException(
                ErrorCodes.InvalidCatalogFile,
                $"The entry '{entry.Id}' cannot be written to a file: a text in it is no Unicode, an object names a member twice, or it nests deeper than "
                + $"{SluiceJson.MaxDepth} levels. Write the entry anew, or remove it.",
                exception);
        }

        output.Write("\n"u8);
    }

    public static byte[] ToUtf8(CatalogEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(entry, output);
        return output.WrittenSpan.ToArray();
    }
}

using System.Text;
using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Abstractions.Tests.Journal;

internal static class JournalText
{
    public static byte[] Bytes(JournalData data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JournalJson.Write(writer, data);
        return stream.ToArray();
    }

    public static string Of(JournalData data) => Encoding.UTF8.GetString(Bytes(data));
}

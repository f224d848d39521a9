using Sluice.Journal;
using Sluice.Runtime.Serialization;

namespace Sluice.Runtime.Journal;

/// <summary>Writes what entries say.</summary>
internal static class EntryWriter
{
    public static byte[] Write(JournalData data)
    {
        var writer = ReusedJsonWriter.Rent();
        JournalJson.Write(writer.Json, data);
        var written = writer.Flush().ToArray();
        writer.Return();
        return written;
    }
}

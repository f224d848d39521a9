using System.Text.Json;
using Sluice.Json;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Documents;

/// <summary>What is to be changed has been changed since it was read.</summary>
internal sealed class DocumentChangedException(string message, object? current, string code = StudioErrorCodes.Conflict) : SluiceException(code, message)
{
    /// <summary>What is there now; null: it is gone.</summary>
    public JsonElement? Current { get; } = current is null ? null : JsonSerializer.SerializeToElement(current, SluiceJson.Options);
}

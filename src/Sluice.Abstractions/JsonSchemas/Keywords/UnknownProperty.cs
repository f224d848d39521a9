using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>Reports a property that nothing allows, with the name that was probably meant.</summary>
internal static class UnknownProperty
{
    public static bool Report(Evaluation evaluation, string keyword, JsonProperty property, IReadOnlyCollection<string> knownNames)
    {
        var name = JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property));
        var hint = NearestName.Suggest(name, knownNames, "allowed here");
        return evaluation.FailAt(JsonPointer.Segment(name), keyword, $"{Excerpt.Quote(name)} is not allowed here{hint}");
    }
}

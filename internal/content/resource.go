package content

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"

	"kennishub/internal/attachment"
	"kennishub/internal/cache"
	"kennishub/internal/diag"
	"kennishub/internal/media"
)

var (
	codeImage = diag.Define("afbeelding-onleesbaar", diag.Warning,
		"Een afbeelding kan niet worden gelezen",
		"Het bestand heeft de naam van een afbeelding, maar de inhoud past daar niet bij. Een browser kan haar dan niet tonen. Bewaar de afbeelding opnieuw, als PNG of JPEG.")
	codeAttachment = diag.Define("bijlage-onleesbaar", diag.Warning,
		"De tekst van een bijlage kan niet worden gelezen",
		"Kennishub leest de tekst van bijlagen (PDF, Word, PowerPoint, OpenDocument), zodat bezoekers er ook in zoeken. Deze bijlage is te downloaden, maar de zoekmachine kent haar tekst niet. Bewaar het bestand opnieuw, zonder wachtwoord. Hoeveel tijd en geheugen een bijlage mag kosten, staat in site.yaml onder attachments.")
)

// resource takes in a file that is published as it is. It is read once to learn
// its checksum, its size in pixels and its text; after that the cache knows them
// for as long as the file system says that the file is the same.
func (l *Loader) resource(f file, s Stamp) loaded {
	r := &Resource{File: f.name, Size: s.size, Version: cache.KeyOf([]byte(f.name), s.Append(nil))}
	if err := l.facts(r, s.Racy); err != nil {
		return l.unreadable(f, err)
	}
	if s.Racy {
		r.Version = cache.KeyOf(r.Version[:], r.Facts.SHA256[:])
	}
	result := loaded{stamp: s, resource: r}
	say := func(code *diag.Code, text, hint string) {
		result.messages = append(result.messages, code.At(l.at(f.name), 0, 0, text, hint))
	}
	if r.Facts.Problem != "" {
		say(codeImage, r.Facts.Problem, "bewaar de afbeelding opnieuw, als PNG of JPEG")
	}
	problem, err := l.text(r)
	if err != nil {
		return l.unreadable(f, err)
	}
	if problem != "" {
		say(codeAttachment, problem, "de bijlage is te downloaden, maar bezoekers vinden haar niet op haar tekst")
	}
	return result
}

// facts fills in what is known of a file by reading it.
func (l *Loader) facts(r *Resource, racy bool) error {
	key := cache.KeyOf([]byte("facts"), r.Version[:])
	if value, ok := l.cache.Get(key); ok && !racy && r.Facts.UnmarshalBinary(value) == nil {
		return nil
	}
	file, err := l.fsys.Open(r.File)
	if err != nil {
		return err
	}
	defer file.Close()
	if r.Facts, err = media.Inspect(r.File, file); err != nil {
		return err
	}
	if value, err := r.Facts.AppendBinary(nil); err == nil && !racy {
		l.cache.Put(key, value)
	}
	return nil
}

// text reads the text of an attachment. The key is its contents, so an attachment
// that moves is not read again. A build without a search asks for it too, because
// the cache keeps what is asked for.
func (l *Loader) text(r *Resource) (problem string, err error) {
	if !attachment.Reads(r.File) {
		return "", nil
	}
	a := l.config.Attachments
	key := cache.KeyOf(fmt.Append(nil, "attachment", attachment.Version, a.Time, a.Memory), []byte(path.Ext(r.File)), r.Facts.SHA256[:])
	if value, ok := l.cache.Get(key); ok {
		var text attachment.Text
		if text.UnmarshalBinary(value) == nil {
			r.Parts = text.Parts
			return text.Problem, nil
		}
	}
	if l.attachments == nil {
		return "", nil
	}
	file, err := l.fsys.Open(r.File)
	if err != nil {
		return "", err
	}
	defer file.Close()
	at, ok := file.(io.ReaderAt)
	if !ok {
		data, err := io.ReadAll(file)
		if err != nil {
			return "", err
		}
		at = bytes.NewReader(data)
	}
	text, err := l.attachments.Read(context.Background(), r.File, at, r.Size)
	if err != nil {
		return "", err
	}
	if value, err := text.AppendBinary(nil); err == nil && !text.Passing {
		l.cache.Put(key, value)
	}
	r.Parts = text.Parts
	return text.Problem, nil
}
